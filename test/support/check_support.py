"""What the tests of `slim check` share: running it, reading its findings, and making libraries with real faults."""
import json
import pathlib
import platform
import subprocess
import tempfile

import slimtest

ARCH = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine()]
MACHINE = platform.machine()
RUNTIME = ["--runtime", "python3.12"]
EXTENSION = f"cpython-312-{MACHINE}-linux-gnu.so"


def check(*args, code: int = 0) -> dict:
    return json.loads(slimtest.slim("check", *args, "--json", "-", code=code).stdout)


def findings(result: dict) -> list:
    return [(f["severity"], f["id"], f["path"]) for f in result["findings"]]


def message(result: dict, kind: str) -> str:
    return next(f["message"] for f in result["findings"] if f["id"] == kind)


def compiled(source: str, *flags: str, compiler: str = "gcc", language: str = "c") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "out"
        done = subprocess.run([compiler, "-x", language, "-", "-o", target, *flags], input=source.encode(),
                              capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return target.read_bytes()


def library(source: str = "int f(void) { return 1; }", *flags: str, **kind) -> bytes:
    """A shared library; without flags it needs libc and is free of faults."""
    return compiled(source, "-shared", "-fPIC", *flags, **kind)


def needing(soname: str, *flags: str) -> bytes:
    """A library whose DT_NEEDED names `soname`, linked against a stub of it."""
    with tempfile.TemporaryDirectory() as folder:
        stub = pathlib.Path(folder) / "libstub.so"
        stub.write_bytes(library("int g(void) { return 2; }", f"-Wl,-soname,{soname}"))
        return compiled("int g(void); int f(void) { return g(); }", "-shared", "-fPIC", "-x", "none", str(stub), *flags)
