#!/usr/bin/env python3
"""How long `slim check` takes, as a share of slimming the same package.

    SLIM=build/release/slim test/bench/check_speed.py [PACKAGE.zip]

Without a package: scipy, scikit-learn, pandas and numpy, 250 MB unpacked, which it installs. Runs take turns, so that a busy
machine slows both alike; the share is of processor time, and of the clock, each the median of --rounds pairs.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
os.environ.setdefault("SLIM", str(SOURCE / "build/release/slim"))
os.environ.setdefault("SLIM_SOURCE_DIR", str(SOURCE))
sys.path.insert(0, str(HERE.parent / "support"))
import slimtest  # noqa: E402  turns the cache off


def timed(*command) -> tuple:
    start = time.monotonic()
    process = subprocess.Popen([slimtest.SLIM, *map(str, command)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), command
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime


parser = argparse.ArgumentParser()
parser.add_argument("package", nargs="?")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
package = options.package or slimtest.zip_folder(
    slimtest.pip_target("bench-check", ["scipy", "scikit-learn", "pandas", "numpy"], "--no-compile"))
with slimtest.workdir() as work:
    pairs = [(timed(package, "-o", work / "out.zip", "-q"), timed("check", package, "-q")) for _ in range(options.rounds)]
unpacked = sum(item.file_size for item in slimtest.zipfile.ZipFile(package).infolist())
print(f"{unpacked / 1e6:.0f} MB unpacked")
for at, name in enumerate(("on the clock", "of processor time")):
    slim, check = (statistics.median(pair[which][at] for pair in pairs) for which in (0, 1))
    print(f"{name}: slim {slim:.2f} s, slim check {check:.2f} s: {statistics.median(c[at] / s[at] for s, c in pairs):.2f} of it")
