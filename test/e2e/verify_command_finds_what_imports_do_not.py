#!/usr/bin/env python3
"""A package that imports as before and answers otherwise passes --verify; --verify-command restores what the answer needs,
and no more, whether the command fails or only prints something else."""
import slimtest
from verify_support import CALL, DATA, QUIET, RUNTIME, make

with slimtest.workdir() as work:
    package = make(work)
    slimtest.slim(package, "-o", work / "imports.zip", "--verify", *RUNTIME)
    assert DATA not in slimtest.read_zip(work / "imports.zip"), "imports alone see nothing of it: else this test proves nothing"

    for command in (CALL, QUIET):
        result = slimtest.report(package, "-o", work / "out.zip", "--verify-command", command, *RUNTIME)
        done = slimtest.read_zip(work / "out.zip")
        assert DATA in done, sorted(done)
        assert not any(name.startswith("other/tests/") for name in done) and "other/a.pyi" not in done, sorted(done)
        holds = next(f["holds"] for f in result["files"] if f["path"] == DATA)
        assert any(hold["by"] == "--verify-command" and command in hold["reason"] for hold in holds), holds
        assert "slim-" not in str(holds), "a reason with the name of a temporary folder differs from run to run"
        assert [(c["command"], c["agrees"]) for c in result["proof"]["commands"]] == [(command, True)], result["proof"]
        assert [(r["rule"], r["package"]) for r in result["proof"]["restored"]] == [("python-tests", "shop")], result["proof"]
        assert "modules" not in result["proof"], "nobody asked for imports"

    # Both proofs, several commands, and the same bytes from another run.
    both = slimtest.slim(package, "-o", work / "both.zip", "--verify", "--verify-command", CALL, "--verify-command", QUIET, *RUNTIME).stdout
    assert "import as before" in both and both.count("ends and prints as before") == 2 and "python-tests in shop" in both, both
    assert slimtest.sha256(work / "both.zip") == slimtest.sha256(work / "out.zip")

    # What works as it is stays as small as it was.
    slimtest.slim(package, "-o", work / "small.zip", "--verify-command", "python -c 'import shop.core'", *RUNTIME)
    assert slimtest.sha256(work / "small.zip") == slimtest.sha256(work / "default.zip")

    # The user's own --drop is not overruled in silence: nothing is written.
    error = slimtest.slim(package, "-o", work / "dropped.zip", "--verify-command", CALL, "--drop", "shop/tests/**", *RUNTIME, code=2).stderr
    assert "prices.json" in error and "--drop" in error and not (work / "dropped.zip").exists(), error
