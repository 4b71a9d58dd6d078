#!/usr/bin/env python3
"""What Python would not find, or would find in the wrong place: extensions of another version, shadows, bytecode."""
import py_compile

import slimtest
from check_support import EXTENSION, MACHINE, RUNTIME, check, findings, library, message

with slimtest.workdir() as work:
    def found(files: dict, *args, code: int = 0) -> list:
        package = slimtest.write_zip(work / "in.zip", files)
        return findings(check(package, *RUNTIME, *args, code=code))

    other = f"x/_core.cpython-39-{MACHINE}-linux-gnu.so"
    assert found({"x/__init__.py": "", other: library()}, code=1) == [("error", "python-extension-tag", other)]
    # Not where the module is there for this Python too, nor for the stable ABI.
    assert found({other: library(), f"x/_core.{EXTENSION}": library()}) == []
    assert found({other: library(), "x/_core.py": ""}) == []
    assert found({"x/_core.abi3.so": library(), "x/_plain.so": library()}) == []

    mac = b"\xcf\xfa\xed\xfe" + b"\0" * 60
    assert found({"x/_core.cpython-312-darwin.so": mac}, code=1) == [("error", "foreign-system", "x/_core.cpython-312-darwin.so")]
    assert found({"x/_core.cpython-312-darwin.so": mac, f"x/_core.{EXTENSION}": library()}) == []

    assert found({"app.py": "", "random.py": ""}) == [("warning", "shadows-standard-library", "random.py")]
    assert found({"app.py": "", "typing/__init__.py": ""}) == [("warning", "shadows-standard-library", "typing/__init__.py")]
    # asyncore left the standard library with 3.12; random.py inside a package hides nothing.
    assert found({"asyncore.py": "", "pkg/random.py": ""}) == []

    assert found({"boto3/__init__.py": "", "botocore/__init__.py": ""}) == [("warning", "mixed-sdk", "botocore/__init__.py")]
    assert found({"boto3/__init__.py": "", "botocore/__init__.py": "", "urllib3/__init__.py": ""}) == []

    assert found({"app.py": ""}, "--handler", "main.handler", code=1) == [("error", "missing-handler", "")]
    assert found({"src/app.py": ""}, "--handler", "src.app.handler") == []
    assert found({"src/app/__init__.py": ""}, "--handler", "src/app.handler") == []

    # Real bytecode: fresh only if its source has the date and size that it states.
    (work / "m.py").write_text("x = 1\n")
    stale = open(py_compile.compile(work / "m.py", work / "m.pyc"), "rb").read()
    unchecked = open(py_compile.compile(work / "m.py", work / "m.pyc", invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH), "rb").read()
    cached = "a/__pycache__/m.cpython-312.pyc"
    assert found({"a/m.py": "x = 1\n", cached: stale}) == [("note", "stale-bytecode", cached)]
    assert found({"a/m.py": "x = 1\n", cached: unchecked}) == []
    assert found({"a/__init__.py": "", cached: unchecked}) == [("warning", "bytecode-without-source", cached)]
    foreign = "a/__pycache__/m.cpython-39.pyc"
    assert found({"a/m.py": "", foreign: unchecked}) == [("note", "foreign-bytecode", foreign)]
    assert found({"a/m.pyc": unchecked}) == []

    text = message(check(slimtest.write_zip(work / "in.zip", {other: library()}), *RUNTIME, code=1), "python-extension-tag")
    assert "cpython-39" in text and "--python-version 3.12" in text, text
