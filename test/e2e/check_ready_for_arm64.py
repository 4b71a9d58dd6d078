#!/usr/bin/env python3
"""--ready-for names every native file in the way, whose it is, and the command that gets the other build."""
import slimtest
from check_support import ARCH, EXTENSION, RUNTIME, check, findings, library, message

OTHER = {"x86_64": "arm64", "arm64": "x86_64"}[ARCH]
with slimtest.workdir() as work:
    info = "fast-1.2.dist-info"
    package = slimtest.write_zip(work / "in.zip", {
        "app.py": "", "fast/__init__.py": "", f"fast/_core.{EXTENSION}": library(),
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: fast\nVersion: 1.2\n", f"{info}/RECORD": "fast/__init__.py,,\n"})
    result = check(package, *RUNTIME, "--ready-for", OTHER, code=1)
    assert findings(result) == [("error", "not-ready", f"fast/_core.{EXTENSION}")]
    text = message(result, "not-ready")
    wheel = {"arm64": "aarch64", "x86_64": "x86_64"}[OTHER]
    assert "fast 1.2" in text and f"--platform manylinux2014_{wheel}" in text and "'fast==1.2'" in text, text
    assert "--python-version 3.12" in text
    assert check(package, *RUNTIME, "--ready-for", ARCH)["findings"] == []
    pure = slimtest.write_zip(work / "pure.zip", {"app.py": ""})
    assert "ready" in slimtest.slim("check", pure, *RUNTIME, "--ready-for", OTHER).stdout
