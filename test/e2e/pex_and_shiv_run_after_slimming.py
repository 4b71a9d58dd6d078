#!/usr/bin/env python3
# labels: registry
"""Applications that pex and shiv have made run after slim. A pex names its content by hashes under which it shares what
it unpacks, so nothing in it may change."""
import os
import subprocess
import sys

import slimtest


def run(*command, **environment) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300,
                          env={**os.environ, **{key: str(value) for key, value in environment.items()}})
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


with slimtest.workdir() as work:
    tools = slimtest.pip_target("pex-and-shiv", ["pex", "shiv"])
    (work / "src/app").mkdir(parents=True)
    (work / "src/app/__init__.py").write_text("")
    (work / "src/app/main.py").write_text("import six\ndef main():\n    print('six', six.PY3)\n")
    (work / "src/.DS_Store").write_text("junk")
    site = slimtest.pip_target("module-six", ["six"])
    before, after = work / "app.pex", work / "out.pex"
    run(sys.executable, "-m", "pex", "--no-index", "--find-links", work, "-D", work / "src", "-e", "app.main:main", "-o", before,
        "--pex-path", "", "-D", site, PYTHONPATH=tools, PEX_ROOT=work / "root")
    said = run(before, PEX_ROOT=work / "one")
    assert said == "six True", said
    result = slimtest.report(before, "-o", after)
    assert result["input"]["shape"] == "zipapp" and result["totals"]["files_after"] == result["totals"]["files_before"]
    assert any("PEX-INFO" in finding["message"] for finding in result["findings"]), result["findings"]
    assert after.read_bytes()[:after.read_bytes().index(b"\n")] == before.read_bytes()[:before.read_bytes().index(b"\n")]
    assert run(after, PEX_ROOT=work / "two") == said
    assert run(after, PEX_ROOT=work / "one") == said

    before, after = work / "shiv.pyz", work / "out.pyz"
    (work / "site/app").mkdir(parents=True)
    for name in ("__init__.py", "main.py"):
        (work / "site/app" / name).write_text((work / "src/app" / name).read_text())
    (work / "site/six.py").write_bytes((site / "six.py").read_bytes())
    for sealed in ([], ["--no-modify"]):
        run(sys.executable, "-m", "shiv.cli", "--site-packages", work / "site", "-e", "app.main:main", "-o", before, *sealed,
            PYTHONPATH=tools)
        assert run(before, SHIV_ROOT=work / "three") == said
        result = slimtest.report(before, "-o", after)
        assert run(after, SHIV_ROOT=work / "four") == said
        assert any("hash of each file" in finding["message"] for finding in result["findings"]) == bool(sealed)
