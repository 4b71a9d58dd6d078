#!/usr/bin/env python3
"""Commands that never end, print without end, eat memory, print hostile bytes or leave processes behind: limits hold, and
nothing of them is left."""
import os
import resource

import slimtest
from verify_support import RUNTIME, make, processes_with

MARK = f"slim-test-{os.getpid()}"

with slimtest.workdir() as work:
    package = make(work)
    out = ["-o", work / "out.zip", *RUNTIME]

    # 100 MB of output, the same each time: compared, and not kept.
    done = slimtest.report(package, *out, "--verify-command", "python -c 'import sys; [sys.stdout.write(\"x\" * 999 + \"\\n\") for _ in range(100000)]'")
    assert done["proof"]["commands"][0]["output_bytes"] == 100_000_000, done["proof"]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak < 90_000, f"{peak} kB: the output was held in memory"
    # A difference in its last byte is seen.
    told = slimtest.slim(package, *out, "--verify-command", "python -c 'import sys; sys.stdout.write(\"x\" * 5000000)'; date +%N", code=2).stderr
    assert "proves nothing" in told, told

    # Without an end, in silence and in noise; whoever is told to end it nicely can't refuse.
    for endless in ("sleep 1000", "yes", "trap '' TERM; while :; do :; done"):
        told = slimtest.slim(package, *out, "--verify-timeout", "1", "--verify-command", f"{endless} # {MARK}", code=2).stderr
        assert "does not end within 1 seconds on the package as it is" in told and "--verify-timeout" in told, told
        assert processes_with(MARK) == [], endless
    for wrong in ("0", "-1", "x", "1.5"):
        assert "--verify-timeout" in slimtest.slim(package, *out, "--verify-timeout", wrong, "--verify-command", "true", code=2).stderr

    # Children that outlive it, in its group, in a session of their own, and as daemons that hold its output open.
    sleeper = f"sh -c \"sleep 1000; : {MARK}\""
    for outliving in (f"{sleeper} & echo 1", f"setsid {sleeper} & echo 1", f"(setsid sh -c '{sleeper.replace(chr(34), chr(39) + chr(34) + chr(39))} & exit 0' &) ; echo 1",
                      f"python -c \"import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    time.sleep(1000)  # {MARK}\n  os._exit(0)\nprint(1)\""):
        slimtest.slim(package, *out, "--verify-command", outliving)
        assert processes_with(MARK) == [], outliving

    # Memory is bounded, and its want is an error of the command.
    told = slimtest.slim(package, *out, "--verify-command", "python -c 'x = bytearray(8 << 30); print(len(x))'", code=2).stderr
    assert "MemoryError" in told, told

    # Signals reach a command's children as they would from any shell.
    slimtest.slim(package, *out, "--verify-timeout", "20", "--verify-command", "sleep 1000 & kill $!; wait $!; echo $?")

    # Bytes that would steer a terminal or end a line of JSON.
    noise = "printf 'a\\000b\\377\\033[2J\\nzz'; printf '\\033[31m\\377 bad' >&2"
    result = slimtest.report(package, *out, "--verify-command", noise)
    assert result["proof"]["commands"][0]["output_bytes"] == 11, result["proof"]
    told = slimtest.slim(package, *out, "--verify-command", noise + "; exit 4", code=2).stderr
    assert "exit code 4" in told and "\x1b" not in told and "\\x1b" in told, told
    escape = "true '\x1b[2J' \n # second line"
    run = slimtest.slim(package, *out, "--verify-command", escape, "--markdown", work / "out.md", "--html", work / "out.html")
    assert "\x1b" not in run.stdout and "\x1b" not in (work / "out.md").read_text() and "\x1b" not in (work / "out.html").read_text()

    # No environment of slim's but what programs need, and no input.
    slimtest.slim(package, *out, "--verify-command", "test -z \"$AWS_SECRET_ACCESS_KEY\"; test -z \"$(cat)\"", env={"AWS_SECRET_ACCESS_KEY": "secret"})
    assert [name for name in os.listdir(work) if "slim-" in name] == []
