#!/usr/bin/env python3
"""Finds comments in C++ sources that a formatter, or a hasty hand, has made hard to read.

Usage: packaging/lint_comments.py FILE...   exits 1 and prints FILE:LINE: what is wrong, for each fault

Three kinds of fault:
  - a line with a comment that is longer than 120 columns;
  - a torn line: one or two words between a full line and a line that goes on with the same sentence;
  - a torn list: an item goes on at the column of its own "-" or "1.", rather than below its text.
"""
import pathlib
import re
import sys

MOST = 120  # columns
FULL = 90   # a line from this length on had no room for the next word
COMMENT = re.compile(r"^(\s*)//( *)(\S.*)?$")
ITEM = re.compile(r"(?:-|\d+\.) ")
ENDS = (".", ":", ";", "?", "!", "…")


def faults(lines: list[str]) -> list[tuple[int, str]]:
    found = []
    item = None  # the column of the list item that the last line belongs to
    previous = ""
    for at, line in enumerate(lines):
        match = COMMENT.match(line)
        if len(line) > MOST and ("//" in line):
            found.append((at + 1, f"{len(line)} columns, {MOST} are allowed"))
        if not match or not match[3]:
            item, previous = None, ""
            continue
        indent, text = len(match[1]) + len(match[2]), match[3]
        is_open = len(previous) >= FULL and not previous.endswith(ENDS)
        following = COMMENT.match(lines[at + 1]) if at + 1 < len(lines) else None
        goes_on = following and following[3] and following[1] == match[1] and not ITEM.match(following[3])
        if is_open and len(text.split()) <= 2 and goes_on and not text.endswith(ENDS):
            found.append((at + 1, f"torn line: {text}"))
        if ITEM.match(text):
            item = indent
        elif item is not None and indent <= item:
            if is_open:
                found.append((at + 1, f"torn list: {text}"))
            item = None
        previous = line
    return found


def main() -> int:
    bad = 0
    for name in sys.argv[1:]:
        for line, what in faults(pathlib.Path(name).read_text().splitlines()):
            print(f"{name}:{line}: {what}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
