#!/usr/bin/env python3
"""Line coverage of src/, from what the tests of a coverage build have left.

Usage: packaging/coverage.py build/coverage     prints the folders, the least covered last, and "coverage: line NN.N %"
       packaging/coverage.py build/coverage src/plan/guards.cc     and the lines of that file which no test runs

A line counts when the compiler has made code of it, once, however many files include it or templates repeat it.
"""
import collections
import json
import multiprocessing
import pathlib
import subprocess
import sys


def lines_of(counts: list[pathlib.Path]) -> dict:
    """file -> line -> whether it ran, of what these .gcda files tell."""
    ran = collections.defaultdict(dict)
    done = subprocess.run(["gcov", "--json-format", "--stdout", *map(str, counts)], capture_output=True, text=True, check=True)
    for document in done.stdout.splitlines():
        for file in json.loads(document)["files"]:
            name = file["file"]
            at = 0 if name.startswith("src/") else name.find("/src/") + 1
            if not name[at:].startswith("src/") or "/generated/" in name:
                continue
            seen = ran[name[at:]]
            for line in file["lines"]:
                number = line["line_number"]
                seen[number] = seen.get(number, False) or line["count"] > 0
    return dict(ran)


def main() -> int:
    build = pathlib.Path(sys.argv[1])
    counts = sorted((build / "CMakeFiles/slim_core.dir").rglob("*.gcda"))
    if not counts:
        print(f"coverage.py: no test of {build} has run", file=sys.stderr)
        return 2
    parts = [counts[at:at + 8] for at in range(0, len(counts), 8)]
    ran = collections.defaultdict(dict)
    with multiprocessing.Pool() as pool:
        for part in pool.imap_unordered(lines_of, parts):
            for name, lines in part.items():
                for number, hit in lines.items():
                    ran[name][number] = ran[name].get(number, False) or hit
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
