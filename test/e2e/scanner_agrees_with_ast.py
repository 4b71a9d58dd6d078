#!/usr/bin/env python3
# labels: slow
# timeout: 900
"""The import scanner finds exactly the imports that CPython's own ast finds, file by file, with line and nesting: over the
standard library of every Python that is here, and over every package of build/corpus, or the folders named as arguments.
Files of the same bytes, as packages of a corpus share them, are compared once."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

SCAN_DUMP = os.environ["SCAN_DUMP"]
SOURCE = pathlib.Path(os.environ["SLIM_SOURCE_DIR"])
CORPUS = pathlib.Path(os.environ.get("SLIM_CORPUS_DIR", SOURCE / "build/corpus"))
PYTHONS = [sys.executable, *(f"python3.{minor}" for minor in range(8, 16))]


def standard_library(python: str) -> str | None:
    """The folder, if this interpreter runs here."""
    if shutil.which(python) is None:
        return None
    code = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def sources_below(folder, skip: str = "") -> list[str]:
    found = (path for path in pathlib.Path(folder).rglob("*.py") if path.is_file() and skip not in path.parts)
    by_content = {}
    for path in sorted(path for path in map(str, found) if "\n" not in path):
        by_content.setdefault(hashlib.sha256(pathlib.Path(path).read_bytes()).digest(), path)
    return list(by_content.values())


def lines_of(command: list[str], files: list[str]) -> list:
    paths = os.fsencode("".join(file + "\n" for file in files))
    done = subprocess.run(command, input=paths, stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


compared = {"files": 0, "imports": 0}


def compare(python: str, folder, skip: str = "") -> list[str]:
    """One line for each file on which the two differ."""
    files = sources_below(folder, skip)
    expected = lines_of([python, "-I", str(SOURCE / "test/support/ast_imports.py")], files)
    scanned = lines_of([SCAN_DUMP], files)
    assert len(expected) == len(scanned) == len(files)
    parsed = [(file, want, got) for file, want, got in zip(files, expected, scanned) if want is not None]
    wrong = []
    for file, want, got in parsed:
        missing = [found for found in want if found not in got["imports"]]
        invented = [found for found in got["imports"] if found not in want]
        if got["damaged"] or sorted(want) != sorted(got["imports"]):
            wrong.append(f"{file}: missing {missing[:3]}, invented {invented[:3]}, damaged {got['damaged']}")
    imports = sum(len(want) for _, want, _ in parsed)
    compared["files"] += len(parsed)
    compared["imports"] += imports
    print(f"{folder}: {len(parsed)} of {len(files)} files parse, {imports} imports, {len(wrong)} files differ", flush=True)
    return wrong


wrong = []
if len(sys.argv) > 1:
    for folder in sys.argv[1:]:
        wrong += compare(sys.executable, folder)
else:
    libraries = {library: python for python in reversed(PYTHONS) if (library := standard_library(python))}
    for library, python in libraries.items():
        wrong += compare(python, library, skip="site-packages")
    # One standard library alone has more: 1,500 files in Debian's 3.11, which leaves its tests out 500.
    assert compared["files"] >= 400 and compared["imports"] >= 3000, f"hardly anything was compared: {compared}"
    if CORPUS.is_dir():
        wrong += compare(sys.executable, CORPUS)
assert not wrong, f"{len(wrong)} files differ\n" + "\n".join(wrong[:20])
