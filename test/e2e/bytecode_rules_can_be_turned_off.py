#!/usr/bin/env python3
"""Bytecode, collected licences and a wheel's RECORD are rules as any other: listed, explained, disabled, and held by --keep."""
import json
import subprocess
import sys

import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
TAG = sys.implementation.cache_tag
FILES = {
    "app.py": "from plain import sub, other\n",
    "plain/__init__.py": "", "plain/sub.py": "value = 1\n", "plain/other.py": "value = 2\n",
    "plain/tests/__init__.py": "", "plain/tests/test_a.py": "import unittest\n",
    "plain-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: plain\nVersion: 1\n",
    "plain-1.dist-info/LICENSE": "do what you like\n",
    "LICENSES.txt": "an earlier text\n",
}
SOURCELESS = ["--bytecode", "sourceless", "--runtime", RUNTIME]


def rule_ids() -> set:
    return {rule["rule"] for rule in json.loads(slimtest.slim("rules", "--json", "-").stdout)["rules"]}


def reported(result: dict) -> set:
    return {rule["rule"] for rule in result["rules"]} | {a["rule"] for a in result["additions"]}


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)

    def names(*arguments) -> set:
        slimtest.slim(package, "-o", work / "out.zip", *arguments)
        return set(slimtest.read_zip(work / "out.zip"))

    result = slimtest.report(package, *SOURCELESS, "--licenses", "collect")
    assert reported(result) >= {"python-compiled-bytecode", "python-sourceless", "python-licences-collected", "python-tests"}, result["rules"]
    assert reported(result) <= rule_ids(), reported(result) - rule_ids()

    told = slimtest.slim("explain", package, "plain/sub.py", *SOURCELESS).stdout
    assert "python-sourceless" in told and "PEP 3147" in told and "python-compiled-bytecode" in told, told

    # Each turned off by itself.
    done = names(*SOURCELESS, "--disable", "python-sourceless")
    assert {"plain/sub.py", f"plain/__pycache__/sub.{TAG}.pyc"} <= done and "plain/sub.pyc" not in done, sorted(done)
    done = names(*SOURCELESS, "--disable", "python-compiled-bytecode")
    assert "plain/sub.py" in done and not [n for n in done if n.endswith(".pyc")], sorted(done)

    # A --keep holds the source, and its bytecode lies beside it.
    done = names(*SOURCELESS, "--keep", "plain/sub.py")
    assert {"plain/sub.py", f"plain/__pycache__/sub.{TAG}.pyc", "plain/other.pyc"} <= done, sorted(done)
    assert "plain/other.py" not in done, sorted(done)

    # The file that takes the texts is held: then they stay where they are.
    names("--licenses", "collect", "--keep", "LICENSES.txt")
    done = slimtest.read_zip(work / "out.zip")
    assert done["LICENSES.txt"] == b"an earlier text\n" and "plain-1.dist-info/LICENSE" in done, sorted(done)
    names("--licenses", "collect")
    done = slimtest.read_zip(work / "out.zip")
    assert done["LICENSES.txt"].startswith(b"an earlier text\n") and b"do what you like" in done["LICENSES.txt"]
    assert "plain-1.dist-info/LICENSE" not in done
    assert "plain-1.dist-info/LICENSE" in names("--licenses", "collect", "--disable", "python-licences-collected")

    # A wheel's RECORD states every file's hash: where it may not be written anew, nothing changes.
    wheel = {name: text for name, text in FILES.items() if name.startswith("plain")}
    wheel["plain-1.dist-info/WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    wheel["plain-1.dist-info/RECORD"] = "".join(f"{name},,\n" for name in wheel) + "plain-1.dist-info/RECORD,,\n"
    path = slimtest.write_zip(work / "plain-1-py3-none-any.whl", wheel)
    result = slimtest.report(path)
    assert {"wheel-record", "python-tests"} == reported(result) <= rule_ids(), result["rules"]
    for arguments in (["--keep", "*.dist-info/RECORD"], ["--disable", "wheel-record"]):
        slimtest.slim(path, "-o", work / "out.whl", *arguments)
        done = slimtest.read_zip(work / "out.whl")
        assert done == {name: text.encode() for name, text in wheel.items()}, (arguments, sorted(done))
