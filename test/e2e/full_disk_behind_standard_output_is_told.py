#!/usr/bin/env python3
"""What could not be printed in full ends with exit code 2, whichever command prints it; so does a closed output."""
import os
import subprocess

import slimtest

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {"app.py": "x = 1\n", **{f"data/{i}": "x" for i in range(2000)}})
    commands = [["--help"], ["help", "check"], ["check", "--help"], ["version"], ["-V"], ["man"], ["completions", "bash"], ["rules"],
                ["rules", "--json", "-"], ["check", package], ["check", package, "--json", "-"], ["diff", package, package],
                ["explain", package, "app.py"], [package, "--dry-run"], [package, "--dry-run", "--json", "-"],
                [package, "--dry-run", "--markdown", "-"], ["elf", "/proc/self/exe"], ["verify", package]]
    for command in commands:
        words = [slimtest.SLIM, *map(str, command)]
        with open("/dev/full", "w") as full:
            done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 2 and "standard output" in done.stderr, (command, done)
        closed = subprocess.run(words, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: os.close(1))
        assert closed.returncode == 2 and closed.stderr.startswith("slim: standard output"), (command, closed)

    # The folder for scratch files is named by the variable that chooses it.
    for args in ([package, "-o", "-"], ["verify", package]):
        said = slimtest.slim(*args, env={"TMPDIR": "/proc"}, code=2).stderr
        assert "TMPDIR" in said and "/proc" in said, said
