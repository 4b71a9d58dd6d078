#!/usr/bin/env python3
"""Whatever modules start as they are imported is ended with the trial, also what has left its process group; and a signal
that ends slim ends the commands and imports that are running, and removes their folders."""
import os
import signal
import subprocess
import time

import slimtest
from verify_support import RUNTIME, make, processes_with

MARK = f"slim-test-{os.getpid()}"
SLEEPER = ["sh", "-c", f"sleep 1000; : {MARK}"]
STARTS = "import subprocess\nsubprocess.Popen({sleeper!r}, start_new_session={own})\n"
with slimtest.workdir() as work:
    files = {f"starts_{own}.py": STARTS.format(sleeper=SLEEPER, own=own) for own in (True, False)}
    package = slimtest.write_zip(work / "starts.zip", files)
    assert "2 of 2 modules import" in slimtest.slim("verify", package, *RUNTIME).stdout
    assert processes_with(MARK) == []

    temporary = work / "temporary"
    temporary.mkdir()
    package = make(work)
    waits = slimtest.write_zip(work / "waits.zip", {"waits.py": f"import subprocess\nsubprocess.run({SLEEPER!r})\n"})
    for number in (signal.SIGINT, signal.SIGTERM):
        for run in ([package, "-o", work / "out.zip", "--verify-command", f"sleep 1000; : {MARK}"],
                    ["verify", waits]):
            process = subprocess.Popen([slimtest.SLIM, *map(str, run), *RUNTIME], env={**os.environ, "TMPDIR": str(temporary)},
                                       stdout=subprocess.DEVNULL,
                                       preexec_fn=lambda: [signal.signal(s, signal.SIG_DFL) for s in (signal.SIGINT, signal.SIGTERM)])
            until = time.monotonic() + 60
            while len(set(processes_with(MARK)) - {str(process.pid)}) == 0 and time.monotonic() < until:
                time.sleep(0.05)
            process.send_signal(number)
            assert process.wait(timeout=60) == -number
            until = time.monotonic() + 20
            while processes_with(MARK) and time.monotonic() < until:
                time.sleep(0.05)  # what was killed is gone as soon as init has waited for it
            assert processes_with(MARK) == [], run
            assert os.listdir(temporary) == [] and not (work / "out.zip").exists(), run
