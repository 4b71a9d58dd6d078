#!/usr/bin/env python3
"""A .pth file that is no text ends Python at its start: check says so, slim takes a Mac's away, and then Python starts."""
import subprocess
import sys

import slimtest
from check_support import check, findings, message

APPLE = b"\0\5\x16\7\0\2\0\0Mac OS X        " + b"\0\2\0\0\0\t\0\0\0\x32\0\0\0\x5e" + b"\xff\xfe\xe9\x80" * 8
RUNTIME = ("--runtime", "python3.12", "--arch", "x86_64")


def starts(folder, python=sys.executable) -> bool:
    code = f"import site; site.addsitedir({str(folder)!r})"
    return subprocess.run([python, "-I", "-S", "-X", "utf8", "-c", code], capture_output=True, text=True).returncode == 0


with slimtest.workdir() as work:
    def found(files: dict, *args, code: int = 0) -> list:
        return findings(check(slimtest.write_zip(work / "in.zip", files), *(args or RUNTIME), code=code))

    # No false alarm over what is no bytecode, and no finding over what no Python reads.
    assert found({"m.py": "", "__pycache__/._m.cpython-312.pyc": APPLE, "._m.py": APPLE, "pkg/__init__.py": "", "pkg/._x.pth": APPLE}) == []
    assert found({"m.py": "", "x.pth": "/mnt/\u00fc\n", "y.start": "a.b:c\n"}) == []

    hidden = {"m.py": "", "._x.pth": APPLE, "x.pth": "lib\n"}
    assert found(hidden) == [("warning", "startup-file-unreadable", "._x.pth")]
    assert found(hidden, "--runtime", "python3.13", "--arch", "x86_64") == []  # which passes over it
    text = message(check(slimtest.write_zip(work / "in.zip", hidden), *RUNTIME), "startup-file-unreadable")
    assert "AppleDouble" in text and "fails when it starts" in text and "3.12.2" in text, text
    plain = {"m.py": "", "x.pth": "/mnt/\u00fc\n".encode("latin-1")}
    assert found(plain, code=1) == [("error", "startup-file-unreadable", "x.pth")]
    assert found(plain, "--runtime", "python3.13", "--arch", "x86_64", code=1) == [("error", "startup-file-unreadable", "x.pth")]

    package = slimtest.write_zip(work / "hidden.zip", hidden)
    slimtest.slim(package, "-o", work / "out.zip")
    before, after = slimtest.unzip(package, work / "before"), slimtest.unzip(work / "out.zip", work / "after")
    assert (after / "x.pth").exists() and starts(after)
    if sys.version_info < (3, 11, 8) or (3, 12) <= sys.version_info < (3, 12, 2):
        assert not starts(before)
    assert not starts(slimtest.unzip(slimtest.write_zip(work / "plain.zip", plain), work / "plain"))
