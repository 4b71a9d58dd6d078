#!/usr/bin/env python3
"""The one number to look at: how small each function of test/handlers gets, what its start costs, and whether it answers as before.

    SLIM=build/release/slim test/bench/headline.py             prints a Markdown table for each function
    SLIM=build/release/slim test/bench/headline.py --readme    and puts that of the six packages into README.md
    --only NAME   one function (six is the first)
    --rounds N    starts of each package, of which the median is given (default 5)

A start is measured twice: as the processor time until the handler's module is loaded, which a busy machine changes little, and
as the time to the first answer under Lambda's own runtime client and emulator. All ways take turns, round by round, so that a
machine whose speed drifts slows all of them alike; the ratios are of this run. Each way's answers to all events are compared
with those of the untouched package. Starts are given as a part of that by default, where no bytecode is. The package before has
pip's, of which an interpreter believes that whose time of the source has survived the zip.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
os.environ.setdefault("SLIM", str(SOURCE / "build/release/slim"))
os.environ.setdefault("SLIM_SOURCE_DIR", str(SOURCE))
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]
import bench  # noqa: E402
import handlers  # noqa: E402
import slimtest  # noqa: E402

SMALL = ["--level", "max"]
START = ["--bytecode", "init", "--handler", "app.handler", "--python", sys.executable]
WITH_SERVICES = ["--services", "auto"]
WAYS = {
    "default": [],
    "with the services that it uses": WITH_SERVICES,
    "`--level max`": SMALL,
    "both: **smallest**": [*SMALL, *WITH_SERVICES],
    "both, and `--bytecode init`: **fastest start**": [*SMALL, *WITH_SERVICES, *START],
    "`--bytecode compile`": ["--bytecode", "compile", "--python", sys.executable],
}


def load_seconds(folder: pathlib.Path) -> float:
    """Processor time of an interpreter that loads the handler's module, as Lambda's runtime does before the first event."""
    process = subprocess.Popen([sys.executable, "-c", "import app"], cwd=folder, stdout=subprocess.DEVNULL,
                               env={"PATH": os.environ["PATH"], "HOME": "/tmp", "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1",
                                    "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{folder}: its app can't be loaded"
    return usage.ru_utime + usage.ru_stime


def packages_of(name: str, work: pathlib.Path) -> dict:
    """way -> (zip, folder); the first is the package before."""
    package = slimtest.zip_folder(handlers.installed(name, work))
    made = {"before": (package, slimtest.unzip(package, work / "before"))}
    recipe = work / "recipe.zip"
    subprocess.run([HERE / "recipe.sh", package, recipe], check=True, stdout=subprocess.DEVNULL)
    made["the shell recipe"] = (recipe, slimtest.unzip(recipe, work / "recipe"))
    for number, (way, flags) in enumerate(WAYS.items()):
        out = work / f"{number}.zip"
        slimtest.slim(package, "-o", out, *flags)
        made[way] = (out, slimtest.unzip(out, work / str(number)))
    return made


def measure(name: str, rounds: int) -> list[dict]:
    events = handlers.events_of(name)
    with slimtest.workdir() as work, handlers.aws() as address:
        made = packages_of(name, work)
        expected, _ = handlers.answers(made["before"][1], events, address)
        rows = []
        for way, (package, folder) in made.items():
            found, _ = handlers.answers(folder, events, address)
            rows.append({"way": way, "bytes": package.stat().st_size, "changed": sum(a != b for a, b in zip(expected, found)),
                         "folder": folder, "load": [], "first": []})
        for _ in range(rounds):
            for row in rows:
                if row["changed"] < len(events):
                    row["load"].append(load_seconds(row["folder"]))
                    row["first"].append(handlers.answers(row["folder"], events[:1], address)[1])
        return rows


def table(name: str, rows: list[dict]) -> str:
    events = len(handlers.events_of(name))
    packages = " ".join((handlers.HANDLERS / name / "requirements.txt").read_text().split())
    before, default = rows[0], next(row for row in rows if row["way"] == "default")
    lines = [f"| {packages} | zip | of before | loading the handler | first answer | answers changed, of {events} |", "|---|---|---|---|---|---|"]
    for row in rows:
        if row["load"]:
            load, first = (statistics.median(row[key]) / statistics.median(default[key]) for key in ("load", "first"))
            times = f"{load:.2f} | {first:.2f}"
        else:
            times = "– | –"
        lines.append(f"| {row['way']} | {row['bytes'] / 1e6:.1f} MB | {row['bytes'] / before['bytes']:.3f} | {times} | "
                     f"{'**all**' if row['changed'] == events else row['changed']} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only")
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    others = sorted(path.parent.name for path in handlers.HANDLERS.glob("*/app.py") if path.parent.name != "six")
    for name in [asked.only] if asked.only else ["six", *others]:
        text = table(name, measure(name, asked.rounds))
        print(f"### {name}\n\n{text}\n", flush=True)
        if asked.readme and name == "six":
            bench.put_into_readme(text, "headline")


if __name__ == "__main__":
    main()
