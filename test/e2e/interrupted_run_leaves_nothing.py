#!/usr/bin/env python3
# labels: signals
"""A run that is ended by a signal, at any moment, leaves the old output or the new one, whole, and nothing else."""
import os
import random
import signal
import subprocess
import time

import slimtest

with slimtest.workdir() as work:
    noise = random.Random(1)
    package = slimtest.write_zip(work / "in.zip", {f"data/{i}.bin": noise.randbytes(1_000_000) for i in range(24)})
    start = time.monotonic()
    slimtest.slim(package, "-o", work / "full.zip")
    whole = time.monotonic() - start
    done = slimtest.sha256(work / "full.zip")
    (work / "full.zip").unlink()

    for target in ["out.zip", "out.tar.gz", "folder/"]:
        ended = {"signal": 0, "finished": 0}
        for run in range(8):
            out = work / "place"
            out.mkdir()
            if target == "out.zip":
                (out / target).write_text("the output of an earlier run")
            number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[run % 3]
            process = subprocess.Popen([slimtest.SLIM, package, "-o", f"{out}/{target}", "-q"], stderr=subprocess.PIPE,
                                       preexec_fn=lambda: [signal.signal(s, signal.SIG_DFL) for s in
                                                           (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)])
            # Up to the moment when the first byte of the output is there, then further into the run each time.
            until = time.monotonic() + 60
            while process.poll() is None and time.monotonic() < until and \
                    not any(".slim-" in name for name in os.listdir(out)):
                time.sleep(0.001)
            time.sleep(whole * run / 16)
            process.send_signal(number)
            process.communicate(timeout=60)
            assert process.returncode in (0, -number), process.returncode
            left = os.listdir(out)
            if process.returncode == 0:
                ended["finished"] += 1
                assert left == [target.rstrip("/")], left
            else:
                ended["signal"] += 1
                assert left in ([], [target.rstrip("/")]), left
            if target == "out.zip":
                text = (out / target).read_bytes()
                assert text == b"the output of an earlier run" or slimtest.sha256(out / target) == done
            subprocess.run(["rm", "-rf", out], check=True)
        assert ended["signal"] > 0, f"{target}: every run was over before its signal came"
        print(target, ended)

    # Killed outright, only a temporary file that says what it is may stay.
    process = subprocess.Popen([slimtest.SLIM, package, "-o", work / "killed.zip", "-q"])
    while process.poll() is None and not any(".slim-" in name for name in os.listdir(work)):
        time.sleep(0.001)
    process.kill()
    process.wait()
    left = set(os.listdir(work)) - {"in.zip"}
    assert all(name.startswith("killed.zip") for name in left), left
    slimtest.slim(package, "-o", work / "killed.zip")
    assert slimtest.sha256(work / "killed.zip") == done
