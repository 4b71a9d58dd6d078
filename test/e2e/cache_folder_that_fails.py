#!/usr/bin/env python3
"""A cache folder that can't be made, read, written to or trusted costs a note at most; the output is the same."""
import os
import pathlib
import pwd
import re
import shutil
import subprocess

import slimtest
from cache_server import machine
from cache_support import notes, run, values_in, write_package

with slimtest.workdir() as work:
    work.chmod(0o755)
    package = write_package(work)
    out = work / "out.zip"
    slimtest.slim(package, "-o", out)
    plain = slimtest.sha256(out)
    mine = machine(work, "mine")

    def check(env, *args):
        report = run(package, out, env, *args)
        assert slimtest.sha256(out) == plain
        return report

    # A file in its place, below a file, a link to nothing: told where the user named it, else not.
    (work / "file").write_text("no folder")
    os.symlink(work / "nowhere/at/all", work / "dangling")
    for place in ("file", "file/below", "dangling"):
        report = check(mine, "--cache", work / place)
        assert len(notes(report)) == 1 and place in notes(report)[0] and "cache" not in report, report["findings"]
    assert not (work / "nowhere").exists()
    assert notes(check({**mine, "XDG_CACHE_HOME": str(work / "file")})) == []
    assert notes(check({**mine, "XDG_CACHE_HOME": "relative", "HOME": ""})) == []
    assert re.search(r"note cache\n +the cache folder", slimtest.slim(package, "-o", out, "--cache", work / "file").stdout)

    # A link to a folder is one.
    (work / "real").mkdir()
    os.symlink("real", work / "link")
    check(mine, "--cache", work / "link")
    assert values_in(work / "real")
    assert check(mine, "--cache", work / "link")["cache"]["missed"] == 0

    # Read-only: what is in it is used. Root may write anywhere, so it is run as somebody else then.
    everyone = work / "everyone"
    everyone.mkdir()
    everyone.chmod(0o777)
    nobody = pwd.getpwnam("nobody")
    as_nobody = []
    if os.geteuid() == 0:
        as_nobody = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        slim = everyone / "slim"
        shutil.copy(slimtest.SLIM, slim)
    else:
        slim = slimtest.SLIM

    def run_as_nobody(*args):
        target = everyone / "out.zip"
        done = subprocess.run([*as_nobody, slim, package, "-o", target, "--json", "-", "--stats", *args], text=True,
                              capture_output=True, env={**os.environ, **mine})
        assert done.returncode == 0, done.stderr
        assert slimtest.sha256(target) == plain
        return slimtest.json.loads(done.stdout)

    theirs = everyone / "cache"
    run_as_nobody("--cache", theirs)
    values = values_in(theirs)
    theirs.chmod(0o500)
    for shard in theirs.glob("??"):
        shard.chmod(0o500)
    values[0].chmod(0o600)
    data = bytearray(values[0].read_bytes())
    data[-1] ^= 1
    values[0].write_bytes(data)
    report = run_as_nobody("--cache", theirs)
    assert report["cache"]["missed"] == 1 and report["cache"]["from_folder"] == len(values) - 1, report["cache"]
    assert notes(report) == [] and values_in(theirs) == values
    theirs.chmod(0)
    if as_nobody or os.geteuid() != 0:
        assert len(notes(run_as_nobody("--cache", theirs))) == 1
    theirs.chmod(0o700)

    # A full disk: what fits is kept, the rest is not, and one note says so.
    small = work / "small"
    small.mkdir()
    if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k,mode=700", "tmpfs", small],
                                            capture_output=True).returncode == 0:
        try:
            for _ in range(2):
                told = notes(check(mine, "--cache", small))
                assert len(told) == 1 and "No space left" in told[0], told
                assert not list(small.glob("??/slim-tmp-*"))
        finally:
            subprocess.run(["umount", small], check=True)
    else:
        slimtest.leave_out("a full disk, as no file system can be mounted here")
