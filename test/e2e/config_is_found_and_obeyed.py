#!/usr/bin/env python3
"""slim.toml beside the package or above it holds settings; flags beat it, lists add up, profiles override."""
import json

import slimtest

FILES = {"app.py": "import pkg\n", "pkg/__init__.py": "", "pkg/__init__.pyi": "", "pkg/tests/__init__.py": "",
         "pkg/tests/test_a.py": "#" * 500, "pkg/data/a.bin": "a" * 700, "pkg/data/b.bin": "b" * 700}

with slimtest.workdir() as work:
    inner = work / "project/build"
    inner.mkdir(parents=True)
    package = slimtest.write_zip(inner / "in.zip", FILES)
    config = work / "project/slim.toml"
    config.write_text("""
runtime = "python3.12"
disable = ["python-stubs"]
[[keep]]
path = "pkg/tests"
reason = "the report job runs them"
[[drop]]
path = "pkg/data/a.bin"
reason = "made at deploy"
[budget]
unpacked = 100
pkg = "1MB"
[profile.layer]
enable = ["python-stubs"]
[[profile.layer.drop]]
path = "pkg/data/b.bin"
reason = "the function has it"
[profile.layer.budget]
unpacked = "1MB"
""")

    def taken(*flags, **more) -> dict:
        result = slimtest.report(package, *flags, **more)
        return result, {path: rule for path, (verb, rule) in slimtest.actions(result).items() if verb == "drop"}

    # What it keeps and drops, each with the reason that it states, in all reports.
    result, dropped = taken()
    assert dropped == {"pkg/data/a.bin": "--drop"}, dropped
    assert result["config"] == {"path": str(config)}, result["config"]
    by_path = {file["path"]: file for file in result["files"]}
    assert by_path["pkg/tests/test_a.py"]["holds"] == [
        {"by": "slim.toml", "reason": "the report job runs them (matches 'pkg/tests' of slim.toml)"}]
    assert by_path["pkg/data/a.bin"]["reason"].startswith("made at deploy")
    text = slimtest.slim("explain", package, "pkg/tests/test_a.py", "pkg/data/a.bin").stdout
    assert "the report job runs them" in text and "made at deploy" in text and f"by {config}" in text, text
    assert "by slim.toml\n" in slimtest.slim("build/in.zip", "-n", cwd=work / "project").stdout

    # Flags beat it, and lists add up.
    assert set(taken("--drop", "pkg/data/b.bin")[1]) == {"pkg/data/a.bin", "pkg/data/b.bin"}
    assert set(taken("--enable", "python-stubs")[1]) == {"pkg/data/a.bin", "pkg/__init__.pyi"}
    assert "pkg/__init__.pyi" not in taken("--profile", "layer", "--disable", "python-stubs")[1]
    assert "pkg/tests/test_a.py" not in taken("--drop", "pkg/tests/**")[1], "keep beats drop, wherever both stand"
    result, dropped = taken("--profile", "layer")
    assert set(dropped) == {"pkg/data/a.bin", "pkg/data/b.bin", "pkg/__init__.pyi"}, dropped
    assert result["config"]["profile"] == "layer"
    result, dropped = taken("--no-config")
    assert "config" not in result and set(dropped) == {"pkg/__init__.pyi", "pkg/tests/__init__.py", "pkg/tests/test_a.py"}, dropped

    # The gate: runtime and budgets; a flag's budget takes the place of the one of its name.
    checked = json.loads(slimtest.slim("check", package, "--json", "-", code=1).stdout)
    assert checked["runtime"] == "python3.12" and checked["config"]["path"] == str(config)
    assert [finding["id"] for finding in checked["findings"]] == ["over-budget"]
    slimtest.slim("check", package, "--budget", "unpacked=1MB")
    assert f"by {config}, profile layer" in slimtest.slim("check", package, "--profile", "layer").stdout
    assert "by " in slimtest.slim("rules", package).stdout.splitlines()[0]
    listed = slimtest.slim("rules", cwd=inner).stdout
    assert "python-stubs  drop, off" in listed, "without a package, the current folder counts"

    # A file that is named need not be found; the first folder with .git ends the search.
    other = work / "other.toml"
    other.write_text('[[drop]]\npath = "app.py"\nreason = "try"\n')
    assert "app.py" in taken("--config", other)[1]
    (inner / ".git").mkdir()
    assert "config" not in taken()[0]
    (inner / "slim.toml").write_text("level = 1\n")
    assert taken()[0]["config"]["path"] == str(inner / "slim.toml")
    # Not from within the package: what lies there is content.
    tree = slimtest.unzip(package, inner / "tree")
    (inner / "slim.toml").rename(tree / "slim.toml")
    assert "config" not in slimtest.report(tree)

    # A baseline is named from the folder of slim.toml.
    config.write_text('baseline = "size.json"\n')
    (inner / ".git").rmdir()
    slimtest.slim("check", package, "--runtime", "python3.12", "--update-baseline")
    assert (work / "project/size.json").exists()
    slimtest.slim("check", package, "--runtime", "python3.12")
