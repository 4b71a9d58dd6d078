#!/usr/bin/env python3
"""A command that fails on the package as it is, or answers otherwise when it is run again, ends the run with one sentence
that says so; nothing is written."""
import slimtest
from verify_support import RUNTIME, make

PLAIN = "python -c 'import shop; print(1)'"
with slimtest.workdir() as work:
    package = make(work)

    def error_of(*args) -> str:
        done = slimtest.slim(package, "-o", work / "out.zip", *RUNTIME, *args, code=2)
        assert not (work / "out.zip").exists() and len(done.stderr.splitlines()) == 1, done.stderr
        return done.stderr

    told = error_of("--verify-command", "python -c 'import time; print(time.time_ns())'")
    assert "proves nothing" in told and "time_ns" in told, told
    told = error_of("--verify-command", "python -c 'import os; print(os.urandom(4).hex())'; exit 0")
    assert "proves nothing" in told, told
    told = error_of("--verify-command", "python -c 'import no_such_module'")
    assert "ends with exit code 1 on the package as it is: ModuleNotFoundError" in told, told
    assert "exit code 127" in error_of("--verify-command", "no-such-program")
    assert "is ended by signal 9" in error_of("--verify-command", "kill -9 $$")
    # The second of two is looked at as well.
    assert "exit code 3" in error_of("--verify-command", PLAIN, "--verify-command", "exit 3")
    assert "is empty" in error_of("--verify-command", " ")
    # What a command leaves in the package or in $TMPDIR is gone at its next start: it answers the same.
    slimtest.slim(package, "-o", work / "out.zip", *RUNTIME, "--verify-command",
                  "cat mark $TMPDIR/mark; ls; echo 1 > mark; echo 2 > $TMPDIR/mark; rm -r other; ls | wc -l; true")
    # The proof must be had from something that is written.
    for flag in ("--dry-run", "--in-place"):
        told = slimtest.slim(package, flag, "--verify-command", PLAIN, code=2).stderr
        assert "--verify-command" in told and flag in told, told
    # slim verify says the same.
    told = slimtest.slim("verify", package, "--against", package, *RUNTIME, "--verify-command", "date +%N", code=2).stderr
    assert "proves nothing" in told, told
