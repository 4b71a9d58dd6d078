#!/usr/bin/env python3
"""Bytecode goes where its source stands beside it, and where Python would never load it; a lone .pyc is the module."""
import py_compile

import slimtest

with slimtest.workdir() as work:
    source = work / "m.py"
    source.write_text("x = 42\n")
    py_compile.compile(source, work / "m.pyc")
    code = (work / "m.pyc").read_bytes()
    package = slimtest.write_zip(work / "in.zip", {
        "app.py": "import lone\n", "lone.pyc": code, "both.py": "x = 1\n", "both.pyc": code,
        "pkg/__init__.py": "", "pkg/a.py": "x = 1\n", "pkg/__pycache__/a.cpython-311.pyc": code,
        "pkg/__pycache__/a.cpython-311.opt-1.pyc": code, "pkg/__pycache__/gone.cpython-311.pyc": code})
    plan = slimtest.actions(slimtest.report(package, "-o", work / "out.zip"))
    assert plan["lone.pyc"][0] == "keep", plan
    assert plan["pkg/__pycache__/gone.cpython-311.pyc"] == ("drop", "python-orphan-bytecode"), plan
    for path in ("both.pyc", "pkg/__pycache__/a.cpython-311.pyc", "pkg/__pycache__/a.cpython-311.opt-1.pyc"):
        assert plan[path] == ("drop", "python-bytecode"), (path, plan[path])
    ran = slimtest.python_in(slimtest.unzip(work / "out.zip", work / "out"), "import lone; print(lone.x)")
    assert ran.stdout.strip() == "42", ran.stderr
