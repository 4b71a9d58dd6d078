#!/usr/bin/env python3
"""How long the six-package function takes to its first answer under Lambda's runtime client and emulator: as installed,
and slimmed with --bytecode drop, keep and compile. Five rounds in turns; medians, and ratios to the original.

    SLIM=build/release/slim test/bench/init_bench.py [ROUNDS]
"""
import os
import pathlib
import shutil
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
os.environ.setdefault("SLIM", str(HERE.parents[1] / "build/release/slim"))
os.environ.setdefault("SLIM_SOURCE_DIR", str(HERE.parents[1]))
sys.path.insert(0, str(HERE.parent / "support"))
import lambda_runtime  # noqa: E402
import slimtest  # noqa: E402
from six_packages import PACKAGES  # noqa: E402

HANDLER = "import boto3, numpy, pandas, pymysql, requests\nfrom PIL import Image\n\n\ndef handler(event, context):\n    return {'answer': 42}\n"

rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
with slimtest.workdir() as work:
    original = work / "original"
    shutil.copytree(slimtest.pip_target("six", PACKAGES), original, symlinks=True)
    (original / "app.py").write_text(HANDLER)
    folders = {"as installed": original}
    for mode in ("drop", "keep", "compile"):
        slimtest.slim(original, "-o", work / f"{mode}.zip", "--bytecode", mode)
        folders[f"--bytecode {mode}"] = slimtest.unzip(work / f"{mode}.zip", work / mode)
    times = {name: [] for name in folders}
    for _ in range(rounds):
        for name, folder in folders.items():
            answer, seconds = lambda_runtime.invoke(folder, "app.handler", {})
            assert answer == {"answer": 42}, answer
            times[name].append(seconds)
    print("| package | first answer, median | against as installed | unpacked |")
    print("|---|---|---|---|")
    for name, folder in folders.items():
        ratio = statistics.median(a / b for a, b in zip(times[name], times["as installed"]))
        size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"| {name} | {statistics.median(times[name]):.2f} s | {ratio:.2f}× | {size / 1e6:.1f} MB |")
