#!/usr/bin/env python3
"""An application of Python's zipapp module runs after slim as before, by its own first line too: that line stays, and so
do the folders' entries, without which zipimport (before 3.13) sees no namespace package."""
import subprocess
import sys
import zipfile

import slimtest


def run(*command) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


with slimtest.workdir() as work:
    app = work / "app"
    library = subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-Wl,-soname,libx.so", "-x", "c", "-o", work / "libx.so", "-"],
                             input=b"int x(void) { return 1; }", check=False)
    for name, content in {
            "__main__.py": "import pkgutil, space.part.module, regular\n"
                           "print(space.part.module.WORD, regular.WORD, pkgutil.get_data('regular', 'data.txt').decode())\n",
            "space/part/module.py": "WORD = 'namespace'\n", "regular/__init__.py": "WORD = 'regular'\n",
            "regular/data.txt": "data", ".DS_Store": "\0\0\0\1Bud1\0\0", "regular/tests/test_x.py": "import unittest\n"}.items():
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_text(content)
    for copy in ("a", "b"):  # a link could not be loaded out of a zip
        (app / "regular" / copy).mkdir()
        (app / "regular" / copy / "libx.so").write_bytes((work / "libx.so").read_bytes())

    for line, name in (("/usr/bin/env python3", "app.pyz"), (sys.executable, "started.pyz"), (None, "bare.pyz")):
        before, after = work / name, work / f"out-{name.removesuffix('.pyz')}.pyz"
        run(sys.executable, "-m", "zipapp", app, "-o", before, *(["-p", line] if line else []))
        said = run(sys.executable, before)
        assert said == "namespace regular data"
        result = slimtest.report(before, "-o", after)
        assert result["input"]["shape"] == "zipapp"
        assert slimtest.actions(result)["regular/b/libx.so"][0] == "strip"
        assert run(sys.executable, after) == said
        assert after.stat().st_size < before.stat().st_size
        if line:
            assert run(after) == said, "it is a program of its own"
            assert after.read_bytes().startswith(f"#!{line}\n".encode())
        assert ".DS_Store" not in zipfile.ZipFile(after).namelist()
        again = work / "again.pyz"
        slimtest.slim(after, "-o", again)
        assert again.read_bytes() == after.read_bytes()

    # A zip that Python may run by its content alone, though nothing else says so.
    (work / "app.zip").write_bytes((work / "bare.pyz").read_bytes())
    slimtest.slim(work / "app.zip", "-o", work / "out.zip")
    assert run(sys.executable, work / "out.zip") == said
    # Before the zip may only stand what an operating system starts.
    (work / "junk.zip").write_bytes(b"junk" + (work / "bare.pyz").read_bytes())
    assert "4 bytes that are no program stand before the first entry" in slimtest.slim(work / "junk.zip", "-n", code=2).stderr
    assert slimtest.slim("check", work / "app.pyz").returncode == 0
