#!/usr/bin/env python3
"""What goes for its name alone is not even unpacked, so its damage harms nobody; where it stays, the damage is told."""
import zipfile

import slimtest

FILES = {"app.py": "import pkg\n", "pkg/__init__.py": "", "pkg/tests/__init__.py": "", "pkg/tests/test_a.py": "import os\n" * 50,
         "pkg/tests/test_b.pyi": "x: int\n" * 50, "pkg/b.py": "", "pkg/__pycache__/b.cpython-312.pyc": b"\xcb\x0d\r\n" + b"\0" * 300}


def damaged(path, name):
    """The zip with another CRC for one entry."""
    slimtest.write_zip(path, FILES)
    with zipfile.ZipFile(path) as archive:
        crc = archive.getinfo(name).CRC.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(crc, bytes(4)))
    return path


with slimtest.workdir() as work:
    out = work / "out.zip"
    slimtest.slim(slimtest.write_zip(work / "in.zip", FILES), "-o", out)
    whole = out.read_bytes()
    for name in ("pkg/tests/test_a.py", "pkg/tests/test_b.pyi", "pkg/__pycache__/b.cpython-312.pyc"):
        package = damaged(work / "damaged.zip", name)
        slimtest.slim(package, "-o", out)
        assert out.read_bytes() == whole, name
        out.unlink()
        kept = slimtest.slim(package, "-o", out, "--keep", name, code=2)
        assert name in kept.stderr and "CRC" in kept.stderr, kept.stderr
        assert not out.exists()
    asked = slimtest.slim(damaged(work / "damaged.zip", "pkg/__pycache__/b.cpython-312.pyc"), "-o", out, "--bytecode", "keep", code=2)
    assert "CRC" in asked.stderr
