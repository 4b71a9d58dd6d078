#!/usr/bin/env python3
"""slim's strip against GNU strip, over the libraries of folders of packages, each on one thread.

    test/bench/strip_speed.py STRIP_FOLDER FOLDER... [--rounds N] [--strip aarch64-linux-gnu-strip]

STRIP_FOLDER is the program of that name from a build's test folder. Both work on copies, write every file that
gets smaller, and are timed in turns; figures are CPU seconds, because slim proves each file and syncs it, and GNU
strip does neither. Prints each and the ratio.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile


def is_elf(path):
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def cpu_of(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def copies(folders, work):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    files = [path for folder in folders for path in sorted(folder.rglob("*"))
             if path.is_file() and not path.is_symlink() and is_elf(path)]
    for i, path in enumerate(files):
        shutil.copy(path, work / f"{i}.so")
    return [str(path) for path in sorted(work.iterdir())]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folders", type=pathlib.Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--strip", default="strip")
    asked = parser.parse_args()
    theirs, ours = [], []
    with tempfile.TemporaryDirectory() as base:
        work = pathlib.Path(base) / "work"
        for _ in range(asked.rounds):
            files = copies(asked.folders, work)
            theirs.append(cpu_of([asked.strip, *files]))
            copies(asked.folders, work)
            ours.append(cpu_of([asked.program, str(work)]))
    print(f"{len(files)} files: {asked.strip} {statistics.median(theirs):.2f} s, slim {statistics.median(ours):.2f} s, "
          f"ratio {statistics.median(a / b for a, b in zip(theirs, ours)):.2f}")


if __name__ == "__main__":
    main()
