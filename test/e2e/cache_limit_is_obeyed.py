#!/usr/bin/env python3
"""A cache folder that has outgrown its limit loses what was not used for longest, and nothing that is not slim's."""
import os
import time

import slimtest
from cache_server import machine
from cache_support import run, values_in, write_package


def size(folder) -> int:
    return sum(path.stat().st_size for path in values_in(folder))


def recount(folder):
    """As if the last full count was yesterday."""
    (folder / "slim-size").write_text("1 1\n")


with slimtest.workdir() as work:
    package = write_package(work)
    out = work / "out.zip"
    mine = machine(work, "mine")
    folder = work / "machine-mine/slim"
    run(package, out, mine, "--level", 5)
    of_five = set(values_in(folder))
    run(package, out, mine, "--level", 6)
    of_six = set(values_in(folder)) - of_five
    assert of_five and of_six

    # All lay there for a day; level 5 is used once more, level 6 is not. The disk needs keep no access times.
    long_ago = time.time() - 86_400
    for path in of_five | of_six:
        os.utime(path, (long_ago, long_ago))
    assert run(package, out, mine, "--level", 5)["cache"]["missed"] == 0
    limit = size(folder) * 4 // 3
    run(package, out, mine, "--level", 7, "--cache-limit", limit)
    left = set(values_in(folder))
    assert size(folder) <= limit
    assert of_five <= left, "what was used went"
    assert not of_six <= left, "nothing went"
    assert run(package, out, mine, "--level", 5)["cache"]["missed"] == 0

    # A limit that was lowered is obeyed by a run that adds nothing, too; one that is not passed takes nothing.
    run(package, out, mine, "--level", 7)
    recount(folder)
    before = values_in(folder)
    run(package, out, mine, "--level", 7, "--cache-limit", size(folder))
    assert values_in(folder) == before
    run(package, out, mine, "--level", 7, "--cache-limit", size(folder) // 2)
    assert values_in(folder) and values_in(folder) != before

    # Growth is seen without a count of all files, whoever made it: many small runs, one after the other.
    limit = 2 * size(folder)
    for level in (1, 2, 3, 4, 8, 9):
        run(package, out, mine, "--level", level, "--cache-limit", limit)
        assert size(folder) <= limit, (level, size(folder), limit)

    # A folder of other things that was named by mistake: they stay, whatever the limit.
    home = work / "home"
    (home / "ab").mkdir(parents=True)
    theirs = {home / "size": "7", home / "ab/letter.txt": "dear", home / "ab" / ("0" * 61 + "g"): "hex, nearly",
              home / "documents/thesis.tex": "years of work", home / "CACHEDIR.TAG": "mine", home / "ab/tmp-old": "old"}
    for path, text in theirs.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        os.utime(path, (1, 1))
    run(package, out, mine, "--cache", home, "--cache-limit", 1)
    assert values_in(home) == [], values_in(home)
    assert {path: path.read_text() for path in theirs} == theirs
    os.symlink(home / "documents", home / "cd")
    (home / "documents" / ("0" * 62)).write_text("looks like one")
    recount(home)
    run(package, out, mine, "--cache", home, "--cache-limit", 1)
    assert (home / "documents" / ("0" * 62)).exists(), "a link was followed"
