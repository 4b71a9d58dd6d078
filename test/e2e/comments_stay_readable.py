#!/usr/bin/env python3
"""The lint of comments finds those that a formatter has torn, and none in the sources."""
import subprocess
import sys

import slimtest

LINT = slimtest.SOURCE / "packaging/lint_comments.py"
FULL = "// - a list, of which the first item is so long that its last word no longer fits into the line's width,"
TORN = {
    "torn line": f"{FULL}\n// really,\n//   and goes on here\nint a;\n",
    "torn list": f"{FULL}\n// so that a formatter that knows no lists puts it there\nint a;\n",
    "columns": "// " + "word " * 24 + "\nint a;\n",
}
RIGHT = f"""{FULL}
//   and goes on below its own text
// - a second item.
// A new paragraph, long enough that hardly another word would have had room before the end of this very line
// here.
int a;
"""
sources = [*slimtest.SOURCE.glob("src/**/*.cc"), *slimtest.SOURCE.glob("src/**/*.h"), *slimtest.SOURCE.glob("test/**/*.cc")]
assert len(sources) > 200, len(sources)
done = subprocess.run([sys.executable, LINT, *sources], capture_output=True, text=True)
assert done.returncode == 0, done.stdout
with slimtest.workdir() as work:
    for fault, text in TORN.items():
        (work / "a.cc").write_text(text)
        done = subprocess.run([sys.executable, LINT, work / "a.cc"], capture_output=True, text=True)
        assert done.returncode == 1 and fault in done.stdout, (fault, done.stdout)
    (work / "a.cc").write_text(RIGHT)
    done = subprocess.run([sys.executable, LINT, work / "a.cc"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
