#!/usr/bin/env python3
"""Bytecode that is made of a source without its comments states that source's hash, and shows the same line and column in a
traceback; beside bytecode that stays, comments do."""
import importlib.util
import marshal
import py_compile
import sys

import slimtest

TAG = sys.implementation.cache_tag
RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
APP = "# what it does\n\ndef handler(event, context):  # entry\n    # divides\n    return 1 / event  # here\n"
CRASH = "import app, traceback\ntry:\n    app.handler(0, None)\nexcept ZeroDivisionError:\n    traceback.print_exc(file=__import__('sys').stdout)\n"


def crash(folder) -> list:
    text = slimtest.python_in(folder, CRASH).stdout.replace(str(folder), "").replace("/var/task", "")
    assert "ZeroDivisionError" in text
    return [line.partition("#")[0].rstrip() for line in text.splitlines()]


with slimtest.workdir() as work:
    package = work / "in"
    package.mkdir()
    (package / "app.py").write_text(APP)
    before = crash(package)
    options = ["--runtime", RUNTIME, "--enable", "python-comments"]
    for mode in ("drop", "compile", "sourceless"):
        slimtest.slim(package, "-o", work / f"{mode}.zip", "--bytecode", mode, *options)
        assert crash(slimtest.unzip(work / f"{mode}.zip", work / mode)) == before, mode
        slimtest.slim(work / f"{mode}.zip", "-o", work / f"{mode}2.zip", "--bytecode", mode, *options)
        assert slimtest.sha256(work / f"{mode}.zip") == slimtest.sha256(work / f"{mode}2.zip"), mode

    compiled = slimtest.read_zip(work / "compile.zip")
    bytecode = compiled[f"__pycache__/app.{TAG}.pyc"]
    assert b"#" not in compiled["app.py"]
    assert bytecode[8:16] == importlib.util.source_hash(compiled["app.py"])
    assert marshal.loads(bytecode[16:]) == compile(APP, "/var/task/app.py", "exec", dont_inherit=True)

    # What is fresh states the size or hash of its source.
    py_compile.compile(str(package / "app.py"))
    slimtest.slim(package, "-o", work / "keep.zip", "--bytecode", "keep", *options)
    kept = slimtest.read_zip(work / "keep.zip")
    assert kept["app.py"] == APP.encode() and f"__pycache__/app.{TAG}.pyc" in kept
    slimtest.slim(work / "keep.zip", "-o", work / "keep2.zip", "--bytecode", "keep", *options)
    assert slimtest.sha256(work / "keep.zip") == slimtest.sha256(work / "keep2.zip")
