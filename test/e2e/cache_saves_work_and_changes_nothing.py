#!/usr/bin/env python3
# labels: threads
"""What an earlier run has made is made no second time; a one-line change deflates one file; bytes are the same as without."""
import stat

import slimtest
from cache_server import machine
from cache_support import deflated, run, values_in, write_package

with slimtest.workdir() as work:
    package = write_package(work)
    out = work / "out.zip"
    slimtest.slim(package, "-o", out)
    plain = slimtest.sha256(out)
    mine = machine(work, "mine")

    first = run(package, out, mine)
    assert slimtest.sha256(out) == plain
    assert first["cache"]["from_folder"] == 0 and first["cache"]["missed"] > 10, first["cache"]
    assert "from_server" not in first["cache"], first["cache"]
    second = run(package, out, mine)
    assert slimtest.sha256(out) == plain
    assert second["cache"] == {"from_folder": first["cache"]["missed"], "missed": 0, "wrong": 0}, second["cache"]
    assert deflated(package, out, mine) == 0
    table = slimtest.slim(package, "-o", out, "--stats", env=mine).stdout
    assert f"cache: {second['cache']['from_folder']} from the folder, 0 not there\n" in table, table

    # Nobody else looks into it, and backup programs pass it over.
    folder = work / "machine-mine/slim"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in values_in(folder))
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")

    # One line of the handler: one file.
    changed = write_package(work, "changed.zip", "def handler(event, context):\n    return 2\n")
    assert deflated(changed, out, mine) == 1
    assert slimtest.read_zip(out)["handler.py"].endswith(b"return 2\n")
    from_cache = slimtest.sha256(out)
    slimtest.slim(changed, "-o", out)
    assert slimtest.sha256(out) == from_cache

    # So it is when a file has come.
    more = write_package(work, "more.zip", "def handler(event, context):\n    return 2\n")
    with slimtest.zipfile.ZipFile(more, "a") as archive:
        archive.writestr("pkg/new.py", "x = 1\n" * 100)
    assert deflated(more, out, mine) == 1

    # Another level is another result; --cache is obeyed before $SLIM_CACHE; off keeps nothing.
    slimtest.slim(package, "-o", out, "--level", "9")
    nine = slimtest.sha256(out)
    assert nine != plain
    for _ in range(2):
        slimtest.slim(package, "-o", out, "--level", "9", env=mine)
        assert slimtest.sha256(out) == nine
    named = work / "named"
    assert run(package, out, mine, "--cache", named)["cache"]["from_folder"] == 0
    assert run(package, out, {**mine, "SLIM_CACHE": str(named)})["cache"]["missed"] == 0
    assert "cache" not in run(package, out, {**mine, "SLIM_CACHE": str(named)}, "--cache", "off")

    # Any number of threads finds the same.
    assert run(package, out, mine, "-j", "1")["cache"]["missed"] == 0
    assert slimtest.sha256(out) == plain
