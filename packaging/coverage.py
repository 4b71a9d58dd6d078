#!/usr/bin/env python3
"""Line coverage of src/, from what the tests of the asan build have left.

Usage: packaging/coverage.py build/asan     prints the folders, the least covered last, and "coverage: line NN.N %"
       packaging/coverage.py build/asan src/plan/guards.cc     and the lines of that file which no test runs

A line counts when the compiler has made code of it, once, however many programs hold it or templates repeat it.
"""
import collections
import pathlib
import subprocess
import sys

PROGRAMS = ["slim", "test/slim_unit_tests", "test/scan_dump", "test/strip_folder"]


def lines_of_src(build: pathlib.Path) -> dict:
    """file -> line -> whether it ran."""
    profile = build / "profile"
    counts = sorted(profile.glob("*.profraw"))
    if not counts:
        sys.exit(f"coverage.py: no test of {build} has run")
    # A test that kills its program may leave a damaged file; the others count.
    subprocess.run(["llvm-profdata-19", "merge", "--sparse", "--failure-mode=all", *counts, "-o", profile / "all"], check=True)
    objects = [argument for name in PROGRAMS if (build / name).is_file() for argument in ("-object", build / name)]
    done = subprocess.run(["llvm-cov-19", "export", "-format=lcov", f"-instr-profile={profile}/all", *objects], check=True,
                          capture_output=True, text=True)
    ran = collections.defaultdict(dict)
    name = ""
    for line in done.stdout.splitlines():
        kind, _, value = line.partition(":")
        if kind == "SF":
            at = value.rfind("/src/") + 1
            name = value[at:] if at > 0 and "/build/" not in value else ""
        elif kind == "DA" and name:
            number, count = value.split(",")[:2]
            ran[name][int(number)] = ran[name].get(int(number), False) or int(count) > 0
    return ran


def main() -> int:
    ran = lines_of_src(pathlib.Path(sys.argv[1]))
    folders = collections.defaultdict(lambda: [0, 0])
    for name, lines in ran.items():
        folder = folders[str(pathlib.PurePath(name).parent)]
        folder[0] += sum(lines.values())
        folder[1] += len(lines)
    for folder, (hit, lines) in sorted(folders.items(), key=lambda item: (-item[1][0] / item[1][1], item[0])):
        print(f"  {folder:<24} {hit:>6} of {lines:>6} lines  {100 * hit / lines:5.1f} %")
    for name in sys.argv[2:]:
        print(f"{name}: no test runs", ", ".join(str(number) for number, hit in sorted(ran[name].items()) if not hit) or "—")
    hit, lines = (sum(folder[at] for folder in folders.values()) for at in (0, 1))
    print(f"coverage: line {100 * hit / lines:.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
