#!/usr/bin/env python3
"""`slim verify --verify-command`: exit 1 names the command and how its answer differs; alone it tells whether the command works."""
import slimtest
from verify_support import CALL, QUIET, RUNTIME, make

with slimtest.workdir() as work:
    package = make(work)
    against = ["verify", work / "default.zip", "--against", package, *RUNTIME]
    assert "0 regressed" in slimtest.slim(*against).stdout
    told = slimtest.slim(*against, "--verify-command", CALL, code=1).stdout
    assert "ends with exit code 1: FileNotFoundError" in told and "'shop/tests/prices.json'" in told and CALL in told, told
    told = slimtest.slim(*against, "--verify-command", QUIET, code=1).stdout
    assert "prints 'unknown' and not '13'" in told, told
    told = slimtest.slim("verify", package, "--against", package, *RUNTIME, "--verify-command", CALL, "--verify-command", QUIET).stdout
    assert told.count("ends and prints as before") == 2, told

    alone = slimtest.slim("verify", package, *RUNTIME, "--verify-command", CALL).stdout
    assert "ends with exit code 0" in alone, alone
    alone = slimtest.slim("verify", work / "default.zip", *RUNTIME, "--verify-command", CALL, code=1).stdout
    assert "ends with exit code 1: FileNotFoundError" in alone, alone
