#!/usr/bin/env python3
"""A wheel from standard input, under another name or unpacked is one still: what comes out can be installed. What is to be
written as a jar is one, too, though nothing in it says so."""
import subprocess
import sys
import zipfile

import slimtest

TEXT = "word " * 300
INFO = "pkg-1.0.dist-info"
FILES = {"pkg/__init__.py": "import importlib.metadata as m\nversion = m.version('pkg')\n", 'pkg/a,b.txt': TEXT, "pkg/.DS_Store": b"\0\0\0\1Bud1",
         f"{INFO}/METADATA": f"Metadata-Version: 2.1\nName: pkg\nVersion: 1.0\n\n{TEXT}",
         f"{INFO}/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
RECORD = "".join(f'"{name}",,\n' if "," in name else f"{name},,\n" for name in FILES) + f"{INFO}/RECORD,,\n"

with slimtest.workdir() as work:
    wheel = slimtest.write_zip(work / "pkg-1.0-py3-none-any.whl", {**FILES, f"{INFO}/RECORD": RECORD})
    (work / "out").mkdir()
    out = work / "out" / wheel.name
    slimtest.slim(wheel, "-o", out)
    right = out.read_bytes()

    renamed = work / "pkg.zip"
    renamed.write_bytes(wheel.read_bytes())
    unpacked = work / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    for source in (renamed, unpacked):
        slimtest.slim(source, "-o", out)
        assert out.read_bytes() == right, source
    slimtest.slim(renamed, "-o", work / "out.zip")
    assert (work / "out.zip").read_bytes() == right
    piped = subprocess.run([slimtest.SLIM, "-", "-o", "-"], stdin=open(wheel, "rb"), capture_output=True)
    assert piped.stdout == right
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--disable-pip-version-check",
                    "--target", work / "installed", out], check=True, capture_output=True)
    assert not (work / "installed/pkg/.DS_Store").exists()
    said = subprocess.run([sys.executable, "-c", "import pkg; print(pkg.version)"], cwd=work / "installed", capture_output=True, text=True)
    assert said.stdout == "1.0\n", said

    # What has been installed, or holds more than the wheel, is a function: nobody reads RECORD there.
    for more in ({f"{INFO}/INSTALLER": "pip\n"}, {"app.py": "import pkg\n"}):
        installed = RECORD + "".join(f"{name},,\n" for name in more if name.startswith(INFO))
        function = slimtest.write_zip(work / "function.zip", {**FILES, **more, f"{INFO}/RECORD": installed})
        slimtest.slim(function, "-o", work / "out.zip")
        assert f"{INFO}/RECORD" not in slimtest.read_zip(work / "out.zip"), more

    (work / "classes/dir").mkdir(parents=True)
    (work / "classes/dir/word.txt").write_text("x")
    slimtest.slim(work / "classes", "-o", work / "out.jar")
    assert list(slimtest.read_zip(work / "out.jar")) == ["dir/", "dir/word.txt"]
