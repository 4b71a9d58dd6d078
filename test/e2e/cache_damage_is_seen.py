#!/usr/bin/env python3
"""Whatever has become of a kept result, cut, flipped, swapped, grown, or no file at all: the output is the same."""
import os
import random

import slimtest
from cache_server import machine
from cache_support import run, values_in, write_package


def flip(path):
    data = bytearray(path.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def cut(path):
    os.truncate(path, random.randrange(path.stat().st_size))


def grow(path):
    os.truncate(path, 1 << 40)  # of which the disk holds nothing


def replace(path, make):
    path.unlink()
    make(path)


random.seed(7)
DAMAGE = {
    "flipped": flip,
    "cut": cut,
    "empty": lambda path: os.truncate(path, 0),
    "grown": grow,
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "garbage": lambda path: path.write_bytes(random.randbytes(5000)),
    "unreadable": lambda path: path.chmod(0),
    "a folder": lambda path: replace(path, os.mkdir),
    "a pipe": lambda path: replace(path, os.mkfifo),
    "a link to nothing": lambda path: replace(path, lambda at: os.symlink("nowhere", at)),
    "a link to a device": lambda path: replace(path, lambda at: os.symlink("/dev/zero", at)),
}

with slimtest.workdir() as work:
    package = write_package(work)
    out = work / "out.zip"
    slimtest.slim(package, "-o", out)
    plain = slimtest.sha256(out)
    mine = machine(work, "mine")
    folder = work / "machine-mine/slim"
    asked = run(package, out, mine)["cache"]["missed"]

    for what, damage in DAMAGE.items():
        values = values_in(folder)
        for path in values:
            damage(path)
        use = run(package, out, mine)["cache"]
        assert slimtest.sha256(out) == plain, what
        if what != "unreadable":  # to root nothing is
            assert use["missed"] == asked, (what, use)
        for path in values_in(folder):
            if path.is_dir():
                path.rmdir()
        run(package, out, mine)
        assert run(package, out, mine)["cache"]["missed"] == 0, f"{what}: not made good"

    # Each under the name of another: whole, but of another key.
    values = values_in(folder)
    contents = [path.read_bytes() for path in values]
    for path, content in zip(values, contents[1:] + contents[:1]):
        path.write_bytes(content)
    assert run(package, out, mine)["cache"]["missed"] == asked
    assert slimtest.sha256(out) == plain

    # The folder's own notes, as no slim would write them.
    for note in (b"", b"nonsense", b"-1\n", b"9" * 100_000, b"18446744073709551615 1\n1\n", bytes(1000)):
        (folder / "slim-size").write_bytes(note)
        values_in(folder)[0].unlink()
        run(package, out, mine)
        assert slimtest.sha256(out) == plain
    (folder / "slim-size").unlink()
    os.mkfifo(folder / "slim-size")
    values_in(folder)[0].unlink()
    run(package, out, mine)
    assert slimtest.sha256(out) == plain
