#!/usr/bin/env python3
# labels: threads
# timeout: 600
"""Runs that share a folder, are killed in the middle of a put, or trim it at the same time: every output is right."""
import os
import random
import subprocess
import time

import slimtest
from cache_server import machine
from cache_support import run, values_in, write_package


def start(package, out, env, *args):
    return subprocess.Popen([slimtest.SLIM, package, "-o", out, "-q", *map(str, args)], env={**os.environ, **env})


with slimtest.workdir() as work:
    random.seed(3)
    package = write_package(work)
    out = work / "out.zip"
    begin = time.monotonic()
    slimtest.slim(package, "-o", out)
    length = time.monotonic() - begin
    plain = slimtest.sha256(out)
    mine = machine(work, "mine")
    folder = work / "machine-mine/slim"

    # Killed outright, at any moment.
    killed = 0
    for number in range(40):
        process = start(package, work / "killed.zip", mine)
        time.sleep(random.uniform(0, 1.5 * length))
        process.kill()
        killed += process.wait() != 0
        if number % 10 == 9:
            for path in values_in(folder):
                path.unlink()
    assert killed > 5, f"only {killed} of 40 runs were still there to be killed"
    run(package, out, mine)
    assert slimtest.sha256(out) == plain
    assert run(package, out, mine)["cache"]["missed"] == 0

    # A put that was cut off: its temporary file is no result, and goes after an hour.
    left = values_in(folder)[0].parent / "slim-tmp-1-1"
    fresh = values_in(folder)[0].parent / "slim-tmp-1-2"
    for path in (left, fresh):
        path.write_bytes(b"slim.c2\nhalf of a")
    os.utime(left, (1, 1))
    os.utime(folder / "slim-size", (1, 1))
    (folder / "slim-size").write_text("1 1\n")  # counted in 1970: it is time to count
    values_in(folder)[1].unlink()
    run(package, out, mine)
    assert not left.exists() and fresh.exists()

    # A crowd on one folder that is too small for all of them, so that each of them trims.
    whole = sum(path.stat().st_size for path in values_in(folder))
    limit = whole // 3
    for _ in range(4):
        crowd = [start(package, work / f"crowd{i}.zip", mine, "--cache-limit", limit, "--level", 5 + i % 3) for i in range(6)]
        assert [process.wait() for process in crowd] == [0] * 6
        for i, level in ((1, 6), (4, 6)):
            assert slimtest.sha256(work / f"crowd{i}.zip") == plain
        assert slimtest.sha256(work / "crowd0.zip") == slimtest.sha256(work / "crowd3.zip")
    values_in(folder) and values_in(folder)[0].unlink()
    run(package, out, mine, "--cache-limit", limit)
    assert sum(path.stat().st_size for path in values_in(folder)) <= limit
    assert slimtest.sha256(out) == plain
