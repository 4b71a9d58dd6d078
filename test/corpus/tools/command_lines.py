"""Tools that are called by other programs: a type checker with its stubs, a test runner, a linter, a project template, ansible."""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def run(*args, cwd=None, **env):
    done = subprocess.run([sys.executable, "-m", *args], capture_output=True, text=True, cwd=cwd,
                          env={"PATH": os.environ["PATH"], "HOME": tempfile.mkdtemp(), "PYTHONPATH": str(HERE), "LANG": "C.UTF-8",
                               "PYTHONDONTWRITEBYTECODE": "1", **env})
    return done.returncode, done.stdout, done.stderr[-300:]


def folder_with(**files):
    folder = pathlib.Path(tempfile.mkdtemp())
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    return folder


def checks_types():
    folder = folder_with(x__py="import json\ndef f(a: int) -> str:\n    return json.loads('1') + a.foo\n")
    return run("mypy", "--no-incremental", "--cache-dir=/dev/null", "x.py", cwd=folder)


def runs_tests():
    folder = folder_with(test_x__py="import pytest\n@pytest.mark.parametrize('n', [1, 2])\ndef test_it(n, tmp_path, capsys):\n    assert n == 1\n")
    code, out, error = run("pytest", "-q", "-p", "no:cacheprovider", "--color=no", cwd=folder)
    return code, [line for line in out.splitlines() if " in " not in line and "pytest-of" not in line], error


def lints_yaml():
    folder = folder_with(x__yaml="a:   1\nb: [1,2]\n")
    return run("yamllint", "-f", "parsable", "x.yaml", cwd=folder)


def makes_a_project():
    from cookiecutter.main import cookiecutter
    template = folder_with(cookiecutter__json='{"name": "abc"}')
    inner = template / "{{cookiecutter.name}}"
    inner.mkdir()
    (inner / "x.txt").write_text("{{cookiecutter.name|upper}} {{ cookiecutter.name|slugify }}")
    os.environ["HOME"] = tempfile.mkdtemp()
    made = cookiecutter(str(template), no_input=True, output_dir=tempfile.mkdtemp())
    return (pathlib.Path(made) / "x.txt").read_text()


def plays_a_playbook():
    folder = folder_with(p__yml="""
- hosts: localhost
  connection: local
  gather_facts: false
  vars: {x: [3, 1, 2]}
  tasks:
    - ansible.builtin.debug: {msg: "{{ x|sort|join('-') }} {{ 'abc' is match('a') }} {{ '/etc' is directory }} {{ x is subset([1,2,3]) }} {{ '1.10' is version('1.9', '>') }}"}
    - ansible.builtin.command: echo hello
      register: said
    - ansible.builtin.assert: {that: ["said.stdout == 'hello'", "said is succeeded", "said is changed"]}
    - ansible.builtin.template: {src: t.j2, dest: out.txt}
""", t__j2="{{ lookup('env', 'LANG') }} {{ x|max }}\n")
    code, out, error = run("ansible.cli.playbook", "-i", "localhost,", "p.yml", cwd=folder, ANSIBLE_NOCOLOR="1", ANSIBLE_LOCALHOST_WARNING="0",
                           ANSIBLE_PYTHON_INTERPRETER=sys.executable)
    made = folder / "out.txt"
    return code, out, made.read_text() if made.exists() else error


def documents_a_plugin():
    code, out, error = run("ansible.cli.doc", "-t", "test", "-l", cwd="/", ANSIBLE_NOCOLOR="1")
    return code, out.splitlines()[:60], error


def completes_a_click_command():
    import click
    from click.testing import CliRunner

    @click.command()
    @click.option("--n", default=1, help="how many", show_default=True)
    @click.argument("file", type=click.Path())
    def go(n, file):
        click.echo(f"{file}:{n}")
    runner = CliRunner()
    return runner.invoke(go, ["--n", "3", "x"]).output, runner.invoke(go, ["--help"]).output, runner.invoke(go, []).output


def completes_a_typer_command():
    import typer
    from typer.testing import CliRunner
    app = typer.Typer()

    @app.command()
    def go(name: str, loud: bool = False):
        typer.echo(name.upper() if loud else name)
    return CliRunner().invoke(app, ["x", "--loud"]).output
