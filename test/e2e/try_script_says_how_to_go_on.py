#!/usr/bin/env python3
"""packaging/try.sh slims the sample and ends with the line that puts slim on the path: that line works, and is left out where
it is there already. Its exit code is slim's."""
import os
import pathlib
import re
import shutil
import subprocess

import slimtest

for tool in ("cmake", "ninja"):
    if shutil.which(tool) is None:
        slimtest.skip(f"{tool} is not installed")

with slimtest.workdir() as work:
    # A folder of the source in which the release is built already, and nothing has to be installed.
    source = work / "the source"
    shutil.copytree(slimtest.SOURCE / "packaging", source / "packaging")
    shutil.copytree(slimtest.SOURCE / "testdata", source / "testdata")
    (source / "packaging/install.sh").write_text("#!/bin/sh\nexit 0\n")
    release = source / "build/release"
    release.mkdir(parents=True)
    (release / "slim").symlink_to(pathlib.Path(slimtest.SLIM).resolve())
    (release / "build.ninja").write_text("build slim: phony\n")
    (release / "CMakeCache.txt").write_text(f"CMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_PROJECT_NAME:STATIC=slim\nCMAKE_HOME_DIRECTORY:INTERNAL={source}\n"
                                            f"CMAKE_CACHEFILE_DIR:INTERNAL={release}\nCMAKE_MAKE_PROGRAM:FILEPATH={shutil.which('ninja')}\n")

    def attempt(*args, path="", code=0) -> str:
        done = subprocess.run(["bash", source / "packaging/try.sh", *args], cwd=work, capture_output=True, text=True,
                              env={**os.environ, "PATH": path + os.environ["PATH"]})
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done.stdout

    said = attempt()
    assert (source / "build/slimmed/sample.zip").exists() and (source / "build/sample.zip").exists()
    line = re.search(r"^  (export PATH=.*)$", said, re.M)[1]
    assert said.rstrip().endswith(line), said
    found = subprocess.run(["bash", "-c", f"{line}\ncommand -v slim"], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(release / "slim"), found.stdout
    assert "export PATH" not in attempt(path=f"{release}:")

    # A package of one's own, relative to where one is, and slim's own exit code.
    package = slimtest.write_zip(work / "mine.zip", {"app.py": "x = 1\n", "p/a.py": "", "p/a.pyi": "x: int\n"})
    attempt("mine.zip")
    assert set(slimtest.read_zip(source / "build/slimmed/mine.zip")) == {"app.py", "p/a.py"}
    (work / "bad.zip").write_bytes(b"no zip")
    assert "export PATH" in attempt("bad.zip", code=2)
