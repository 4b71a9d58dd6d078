#!/usr/bin/env python3
# labels: corpus registry
# timeout: 600
"""Over wheels of several ages of auditwheel slim breaks no library, and saves no less than GNU strip does on those that GNU
strip leaves loadable; the bench that makes the whole table says so."""
import os
import pathlib
import shutil
import subprocess
import sys

import slimtest

PROGRAM = pathlib.Path(slimtest.SLIM).parent / "test/strip_folder"
WHEELS = "numpy==1.26.4,numpy==2.2.6,scipy,cryptography"
if not PROGRAM.exists():
    slimtest.skip(f"{PROGRAM} is not built")


def table(*arguments) -> str:
    done = subprocess.run([sys.executable, slimtest.SOURCE / "test/bench/strip_table.py", PROGRAM, *arguments], text=True,
                          capture_output=True, env={**os.environ, "SLIM_CORPUS_DIR": str(slimtest.CORPUS)})
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


if "load after GNU strip           0" in table("--only", WHEELS):
    slimtest.skip("none of the wheels could be installed")
if shutil.which("aarch64-linux-gnu-strip") and shutil.which("qemu-aarch64-static"):
    table("--machine", "aarch64", "--only", "numpy==1.26.4")
else:
    slimtest.leave_out("libraries for arm64, as their binutils and qemu are not installed")
