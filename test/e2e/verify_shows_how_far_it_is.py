#!/usr/bin/env python3
"""On a terminal `--verify` and `slim verify` count the modules that are done, before and after, and the commands; the line is
wiped in the end. In a pipe, with -q and on a dumb terminal there is nothing of it."""
import os
import pty
import re
import subprocess

import slimtest
from verify_support import RUNTIME

# Slow enough to be seen: twelve modules of a fifth of a second each.
FILES = {f"slow{i:02}.py": "import time\ntime.sleep(0.2)\n" for i in range(12)}


def seen_on_terminal(args, **env) -> str:
    """What slim writes to standard error when that is a terminal."""
    main, child = pty.openpty()
    process = subprocess.Popen([slimtest.SLIM, *map(str, args)], stderr=child, stdout=subprocess.PIPE, env={**os.environ, "TERM": "xterm", **env})
    os.close(child)
    output = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        output += part
    assert process.wait() == 0, output
    return output.decode()


def check(shown: str) -> None:
    for when in ("before", "after"):
        counts = [int(n) for n in re.findall(rf"importing (\d+) of 12 modules \({when}\)", shown)]
        assert len(set(counts)) >= 3 and counts == sorted(counts) and max(counts) <= 12, (when, counts)
    assert shown.endswith("\r\x1b[K"), shown[-100:]


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    run = [package, "-o", work / "out.zip", "--verify", "-j", "2", *RUNTIME]
    check(seen_on_terminal(run))
    both = ["verify", work / "out.zip", "--against", package, "-j", "2", *RUNTIME]
    check(seen_on_terminal(both))
    alone = seen_on_terminal(["verify", package, "-j", "2", *RUNTIME])
    assert re.search(r"importing \d+ of 12 modules ", alone) and "(before)" not in alone, alone
    commands = seen_on_terminal([package, "-o", work / "out.zip", "--verify-command", "sleep 1", *RUNTIME])
    assert "running 0 of 2 commands (before)" in commands and "running 0 of 1 commands (after)" in commands, commands

    assert seen_on_terminal(both, TERM="dumb") == ""
    assert seen_on_terminal([*run, "-q"]) == ""
    assert slimtest.slim(*both).stderr == "" and slimtest.slim(*run).stderr == ""
