#!/usr/bin/env python3
"""Colour on a terminal, none in a pipe, with NO_COLOR or on a dumb terminal; -q prints nothing."""
import os
import pty
import subprocess

import slimtest


def on_terminal(args, **env) -> str:
    """What slim prints when its standard output is a terminal."""
    main, child = pty.openpty()
    process = subprocess.Popen([slimtest.SLIM, *args], stdout=child, stderr=subprocess.DEVNULL,
                               env={**os.environ, "TERM": "xterm", "NO_COLOR": "", **env})
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
    assert process.wait() == 0
    return output.decode()


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {"app.py": "import pkg\n", "pkg/__init__.py": "", "pkg/a.pyi": "x: int\n", "pkg/a.py": "x = 1\n"})
    run = [str(package), "-o", str(work / "out.zip")]
    assert "\x1b[" in on_terminal(run)
    assert "\x1b[" not in on_terminal(run, NO_COLOR="1")
    assert "\x1b[" not in on_terminal(run, TERM="dumb")
    piped = slimtest.slim(*run)
    assert "\x1b[" not in piped.stdout and "unpacked" in piped.stdout and piped.stderr == ""
    silent = slimtest.slim(*run, "-q")
    assert silent.stdout == "" and silent.stderr == ""

    # A name cannot write to the terminal.
    package = slimtest.write_zip(work / "evil.zip", {"a\x1b[2Jb.pyi": "x: int\n", "app.py": "1\n"})
    assert "\x1b" not in slimtest.slim(package, "-o", work / "out2.zip", "--arch", "arm64").stdout
