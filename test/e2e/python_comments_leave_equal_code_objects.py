#!/usr/bin/env python3
# labels: corpus registry
"""Of the standard library with its tests of odd syntax, and of the six packages, every source compiles to the same code object
without its comments: instructions, constants, names, lines and columns. A second run finds no more of them."""
import pathlib
import shutil
import subprocess
import sys
import sysconfig

import six_packages
import slimtest

RULES = """[[rule]]
id = "all-comments"
action = "strip-comments"
paths = ["**/*.py"]
reason = "for a test"
"""
# A code object with its tables; a source that does not compile fails alike.
COMPARE = """
import marshal, os, sys, warnings
warnings.simplefilter("ignore")
before, after = sys.argv[1:]
def code(path):
    with open(path, "rb") as file:
        text = file.read()
    try:
        return text, marshal.dumps(compile(text, "file.py", "exec", dont_inherit=True))
    except (SyntaxError, ValueError, RecursionError) as error:
        return text, type(error).__name__
changed = 0
for folder, _, names in os.walk(after):
    for name in names:
        path = os.path.join(folder, name)
        original = os.path.join(before, os.path.relpath(path, after))
        if not name.endswith(".py") or not os.path.exists(original):
            continue
        (was, was_code), (now, now_code) = code(original), code(path)
        changed += was != now
        if was_code != now_code:
            print("differs:", path)
print(changed)
"""


def pythons() -> list:
    """This one, the oldest and the newest, from 3.8 on: each takes some twenty seconds."""
    found = [shutil.which(f"python3.{minor}") for minor in range(8, 20)]
    found += [str(path) for path in (pathlib.Path.home() / ".pyenv/versions").glob("3.*/bin/python3")]
    versions = {sys.version_info[1]: sys.executable}
    for python in filter(None, found):
        said = subprocess.run([python, "-I", "-c", "import sys; print(sys.version_info[1])"], capture_output=True, text=True)
        if said.returncode == 0 and int(said.stdout) >= 8:
            versions.setdefault(int(said.stdout), python)
    return [versions[minor] for minor in sorted({sys.version_info[1], min(versions), max(versions)})]


def changed(before, after, python: str) -> int:
    done = subprocess.run([python, "-I", "-c", COMPARE, str(before), str(after)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 1, (python, lines[:20])
    return int(lines[0])


with slimtest.workdir() as work:
    (work / "rules.toml").write_text(RULES)
    library = work / "library"
    shutil.copytree(sysconfig.get_path("stdlib"), library, symlinks=True,
                    ignore=shutil.ignore_patterns("site-packages", "dist-packages", "__pycache__", "*.so", "config-*"))
    six = slimtest.pip_target("six", six_packages.PACKAGES)
    for name, folder, least in (("library", library, 500), ("six", six, 800)):
        options = ["--rules", work / "rules.toml", "--disable", "python-tests"]
        slimtest.slim(folder, "-o", work / "out", *options)
        again = slimtest.report(work / "out", *options)
        more = [file["path"] for file in again["files"] if file["action"] == "strip-comments"]
        assert not more, (name, more[:20])
        for python in pythons():
            count = changed(folder, work / "out", python)
            print(name, python, count, "sources have fewer comments")
            assert count >= least, (name, count)
        shutil.rmtree(work / "out")
