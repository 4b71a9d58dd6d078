#!/usr/bin/env python3
"""ELF files of the wrong architecture are findings with their name; with --arch they are exit code 1."""
import platform
import subprocess

import slimtest

HERE = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine()]
OTHER = {"x86_64": "arm64", "arm64": "x86_64"}[HERE]
CROSS = {"arm64": "aarch64-linux-gnu-gcc", "x86_64": "x86_64-linux-gnu-gcc"}[OTHER]


def library(path, compiler: str, answer: int = 1) -> bytes:
    source = f"int f(void) {{ return {answer}; }}".encode()
    subprocess.run([compiler, "-shared", "-fPIC", "-nostdlib", "-x", "c", "-o", path, "-"], input=source, check=True)
    return path.read_bytes()


def serious(result: dict) -> list:
    return [f for f in result["findings"] if f["severity"] != "note"]


with slimtest.workdir() as work:
    native = library(work / "native.so", "gcc")
    try:
        foreign = library(work / "foreign.so", CROSS)
    except FileNotFoundError:
        slimtest.skip(f"{CROSS} is not installed")
    mixed = slimtest.write_zip(work / "mixed.zip", {"app.py": "", "a.so": native, "b.so": library(work / "b.so", "gcc", 2), "c.so": foreign})
    result = slimtest.report(mixed)
    assert result["input"]["arch"] == HERE
    assert [(f["id"], f["path"], f["severity"]) for f in serious(result)] == [("wrong-architecture", "c.so", "warning")]

    failed = slimtest.report(mixed, "-o", work / "out.zip", "--arch", OTHER, code=1)
    assert [(f["path"], f["severity"]) for f in serious(failed)] == [("a.so", "error"), ("b.so", "error")]
    assert (work / "out.zip").exists()

    clean = slimtest.write_zip(work / "clean.zip", {"app.py": "", "a.so": native})
    assert serious(slimtest.report(clean, "--arch", HERE)) == []
    mac = slimtest.write_zip(work / "mac.zip", {"app.py": "", "a.so": b"\xcf\xfa\xed\xfe" + b"\0" * 60})
    assert [f["id"] for f in serious(slimtest.report(mac))] == ["foreign-system"]
