#!/usr/bin/env python3
"""How fast and how small: slim against the recipe, zip, 7z, advzip and serverless-python-requirements' own steps.

    SLIM=build/release/slim test/bench/speed.py                 a Markdown table for each corpus
    SLIM=build/release/slim test/bench/speed.py --only six      one corpus: six, science, cdk, tiny, single
    --slow        also 7z, advzip and --level max, which take minutes
    --rounds N    paired runs of each fast command, of which the median is given (default 3)

All commands run one after the other in this process tree, round by round, so that a busy machine slows all of them
alike. Ratios are of this run; seconds are for orientation. Memory is the peak resident size of the largest process.
"""
import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
os.environ.setdefault("SLIM", str(SOURCE / "build/release/slim"))
os.environ.setdefault("SLIM_SOURCE_DIR", str(SOURCE))
sys.path.insert(0, str(HERE.parent / "support"))
import slimtest  # noqa: E402

SERVERLESS = r"""
set -eu
out=$(realpath -m "$2"); work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
unzip -q "$1" -d "$work"; cd "$work"
find . -name '*.so' -exec strip {} ';' 2>/dev/null
find . -type d -name __pycache__ -prune -exec rm -rf {} +
find . -name '*.py[co]' -delete
find . -type d -name '*.dist-info*' -prune -exec rm -rf {} +
rm -f "$out"; zip -q -r "$out" .
"""


def pip_zip(name, packages):
    return slimtest.zip_folder(slimtest.pip_target(name, packages))


def cdk_zip():
    folder = slimtest.CORPUS / "bench-cdk"
    if not (folder / "node_modules").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, "aws-cdk-lib@2.170.0", "constructs"], check=True)
    return slimtest.zip_folder(folder)


def made_zip(name, make):
    folder = slimtest.CORPUS / name
    if not folder.is_dir():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        make(part)
        part.rename(folder)
    return slimtest.zip_folder(folder)


def tiny(folder):
    for i in range(100_000):
        place = folder / f"p{i % 100}"
        place.mkdir(exist_ok=True)
        (place / f"m{i}.py").write_text(f"import os\n\ndef f{i}():\n    return {i}\n")


def single(folder):
    random.seed(1)
    words = [bytes(random.randrange(97, 123) for _ in range(random.randrange(2, 9))) for _ in range(5000)]
    with open(folder / "data.bin", "wb") as out:
        for _ in range(250):
            out.write(b" ".join(random.choices(words, k=170_000))[:1_000_000])


CORPORA = {
    "six": lambda: pip_zip("bench-boto3-requests-pandas-numpy-Pillow-pymysql",
                           ["boto3", "requests", "pandas", "numpy", "Pillow", "pymysql"]),
    "science": lambda: pip_zip("bench-science", ["scipy", "scikit-learn", "pyarrow"]),
    "cdk": cdk_zip,
    "tiny": lambda: made_zip("bench-tiny", tiny),
    "single": lambda: made_zip("bench-single", single),
}


class Runner:
    def __init__(self, work, rounds):
        self.work, self.rounds, self.rows = work, rounds, []

    def one(self, command, env, prepare):
        if prepare:
            prepare()
        start = time.monotonic()
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, **env})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, command
        return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024

    def add(self, name, command, output, env=None, prepare=None, once=False):
        runs = [self.one(command, env or {}, prepare) for _ in range(1 if once else self.rounds)]
        seconds = statistics.median(run[0] for run in runs)
        self.rows.append({"name": name, "seconds": seconds, "cpu": statistics.median(run[1] for run in runs),
                          "memory": max(run[2] for run in runs), "bytes": pathlib.Path(output).stat().st_size})
        print(self.rows[-1], file=sys.stderr, flush=True)

    def table(self, unpacked):
        base = self.rows[0]
        lines = ["| command | time | as fast as the recipe | zip | of zip -9 | peak memory | of unpacked |", "|---|---|---|---|---|---|---|"]
        zip9 = next((row["bytes"] for row in self.rows if row["name"] == "zip -9 of what slim keeps"), None)
        for row in self.rows:
            part = f"{row['bytes'] / zip9:.4f}" if zip9 else ""
            lines.append(f"| {row['name']} | {row['seconds']:.2f} s | {base['seconds'] / row['seconds']:.1f}× | "
                         f"{row['bytes'] / 1e6:.2f} MB | {part} | {row['memory'] / 1e6:.0f} MB | {row['memory'] / unpacked:.2f} |")
        return "\n".join(lines)


def change_one_line(package, work):
    """The package with another handler: what a rebuild after an edit gives slim."""
    changed = work / "changed.zip"
    shutil.copy(package, changed)
    handler = work / "handler_of_the_bench.py"
    handler.write_text(f"def handler(event, context):\n    return {time.time_ns()}\n")
    subprocess.run(["zip", "-q", "-j", changed, handler], check=True)
    return changed


def measure(name, rounds, slow):
    package = CORPORA[name]()
    unpacked = sum(item.file_size for item in slimtest.zipfile.ZipFile(package).infolist())
    slim = slimtest.SLIM
    with slimtest.workdir() as work:
        run = Runner(work, rounds)
        out = work / "out.zip"
        run.add("the recipe", [HERE / "recipe.sh", package, work / "recipe.zip"], work / "recipe.zip", once=name == "tiny")
        run.add("serverless-python-requirements' steps", ["bash", "-c", SERVERLESS, "bash", package, work / "sls.zip"],
                work / "sls.zip", once=True)
        cache = work / "cache"
        on, off = {"SLIM_CACHE": str(cache)}, {"SLIM_CACHE": "off"}
        run.add("slim, no cache", [slim, package, "-o", out, "-q"], out, off)
        run.add("slim, no cache, one thread", [slim, package, "-o", out, "-q", "-j1"], out, off)
        run.add("slim, cold cache", [slim, package, "-o", out, "-q"], out, on, lambda: shutil.rmtree(cache, ignore_errors=True))
        run.add("slim, cached", [slim, package, "-o", out, "-q"], out, on)
        changed = work / "changed.zip"
        first = change_one_line(package, work)
        run.one([slim, first, "-o", out, "-q"], on, None)
        run.add("slim, cached, after a one-line change", [slim, changed, "-o", out, "-q"], out, on,
                lambda: change_one_line(package, work))
        run.add("slim --fast", [slim, package, "-o", out, "-q", "--fast"], out, off)
        run.add("slim --level 12", [slim, package, "-o", out, "-q", "--level", "12"], out, off, once=True)
        kept = work / "kept"
        subprocess.run([slim, package, "-o", f"{kept}/", "-q"], check=True)
        packed = work / "packed.zip"
        zipped = ["bash", "-c", f"rm -f {packed}; cd {kept} && zip -q -r -y -9 -X {packed} ."]
        run.add("zip -9 of what slim keeps", zipped, packed, once=True)
        if slow:
            run.add("slim --level max", [slim, package, "-o", out, "-q", "--level", "max"], out, off, once=True)
            seven = work / "seven.zip"
            run.add("7z -mx=9 of what slim keeps", ["bash", "-c", f"cd {kept} && 7z a -snl -tzip -mx=9 {seven} ."], seven, once=True)
            run.add("advzip -4 of what slim keeps", ["advzip", "-z", "-q", "-4", packed], packed, once=True)
        return f"### {name} ({unpacked / 1e6:.1f} MB unpacked)\n\n{run.table(unpacked)}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=sorted(CORPORA))
    parser.add_argument("--slow", action="store_true")
    asked = parser.parse_args()
    for name in [asked.only] if asked.only else CORPORA:
        print(measure(name, asked.rounds, asked.slow), flush=True)


if __name__ == "__main__":
    main()
