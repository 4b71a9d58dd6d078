#!/usr/bin/env python3
"""The terminal report neither alarms nor contradicts itself: what is told of is what this run did, once, with what to do."""
import re
import zipfile

import slimtest

HEADER = b"\xa7\r\r\n" + b"\0" * 12

with slimtest.workdir() as work:
    files = {"app.py": "import pkg.tests.helper\n", "pkg/__init__.py": "", "pkg/core.py": "x = 1\n" * 200,
             "pkg/tests/__init__.py": "", "pkg/tests/helper.py": "h = 1\n", "pkg/__pycache__/core.cpython-311.pyc": HEADER + b"c" * 90,
             "pkg/a.pyi": "x: int\n"}
    package = slimtest.write_zip(work / "in.zip", files)

    # Bytecode that goes is told of once, with the way to have it; no sentence says that there is none.
    first = slimtest.slim(package, "-o", work / "out.zip").stdout
    assert first.count("note ") == 1 and "--bytecode compile" in first and "1 of 5 modules goes" in first, first
    # What a guard held is no alarm: where to ask is told.
    assert slimtest.report(package)["files"] and any(file.get("holds") for file in slimtest.report(package)["files"])
    assert "left as they are" not in first and f"slim explain {package} PATH" in first, first
    assert "pkg.tests.helper" in slimtest.slim("explain", package, "pkg/tests/helper.py").stdout

    # Once more: nothing changes, and nothing is told as if it did.
    again = slimtest.slim(work / "out.zip", "-o", work / "again.zip").stdout
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")
    assert "Nothing to take away" in again and "note " not in again and " same" in again and "0.0 %" not in again, again
    assert not re.search(r"packed anew|smaller", again), again

    # A zip of stored files: no rule, but a smaller zip; that isn't "nothing".
    with zipfile.ZipFile(work / "stored.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("data.txt"), "word " * 5000)
    stored = slimtest.slim(work / "stored.zip", "-o", work / "packed.zip").stdout
    assert "Nothing" not in stored and "packing it anew (--level 6) makes the zip smaller" in stored, stored
    assert "may make the zip smaller" in slimtest.slim(work / "stored.zip", "-n").stdout

    # Packing anew is no rule's doing: with its row, the column adds up to the zip.
    with zipfile.ZipFile(work / "both.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("data.txt", "word " * 5000)
        archive.writestr("p/a.py", "")
        archive.writestr("p/a.pyi", "x: int\n" * 900)
    both = slimtest.slim(work / "both.zip", "-o", work / "packed.zip").stdout
    assert re.search(r"^  \(only packed anew\) +2 +0 B +-24\.\d kB$", both, re.M), both

    # Less than per cent can tell is told in bytes.
    slimtest.write_zip(work / "large.zip", {"a.bin": bytes(range(256)) * 8000, "p/a.py": "", "p/a.pyi": "x: int\n"})
    assert re.search(r"unpacked .* -7 B ", slimtest.slim(work / "large.zip", "-n").stdout)

    # Asked for bytecode, one that can't have all of it says so.
    kept = slimtest.slim(package, "-n", "--bytecode", "keep").stdout
    assert "modules have no bytecode" in kept, kept

    # Nothing at all: which package, and what to do.
    zipfile.ZipFile(work / "empty.zip", "w").close()
    assert "has no files" in slimtest.slim(work / "empty.zip", "-n").stdout
    error = slimtest.slim(work / "empty.zip", "-o", work / "x.zip", code=2).stderr
    assert "empty.zip: the package has no files" in error, error
    lone = slimtest.write_zip(work / "lone.zip", {"p/__pycache__/x.cpython-311.pyc": HEADER})
    error = slimtest.slim(lone, "-o", work / "x.zip", code=2).stderr
    assert "lone.zip: nothing is left to write" in error and "--keep" in error, error
