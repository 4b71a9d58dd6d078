#!/usr/bin/env python3
"""Commands in slim.toml are run with --verify and by slim verify; without that word a file runs nothing."""
import slimtest
from verify_support import CALL, DATA, QUIET, RUNTIME, make

with slimtest.workdir() as work:
    package = make(work)
    trace = work / "ran"
    config = work / "slim.toml"

    def write(value: str) -> None:
        config.write_text(f"runtime = '{RUNTIME[1]}'\nverify-timeout = 50\nverify-command = {value}\n")

    write(f"'''touch {trace}; {CALL}'''")
    for quiet in (["-o", work / "out.zip"], ["-n"], ["-o", work / "out.zip", "--config", config],
                  ["-o", work / "out.zip", "--verify-command", "true"]):
        slimtest.slim(package, *quiet)
        assert not trace.exists(), quiet
    for command in (["check", package], ["rules", package], ["explain", package, "**"]):
        slimtest.slim(*command)
        assert not trace.exists(), command
    assert DATA not in slimtest.read_zip(work / "out.zip")

    result = slimtest.report(package, "-o", work / "out.zip", "--verify")
    assert trace.exists() and DATA in slimtest.read_zip(work / "out.zip")
    [told] = result["proof"]["commands"]
    assert "slim.toml: line 3, column 18: verify-command" in told["from"], told
    trace.unlink()
    slimtest.slim("verify", work / "out.zip", "--against", package)
    assert trace.exists()
    trace.unlink()
    slimtest.slim("verify", work / "out.zip", "--against", package, "--no-config", *RUNTIME)
    assert not trace.exists()

    # A list, to which the command line adds.
    write(f"[\n'''{CALL}''',\n'''{QUIET}''']")
    result = slimtest.report(package, "-o", work / "out.zip", "--verify", "--verify-command", "echo 1")
    assert [c["command"] for c in result["proof"]["commands"]] == [CALL, QUIET, "echo 1"], result["proof"]

    # An error says where the command stands.
    write("'exit 7'")
    told = slimtest.slim(package, "-o", work / "new.zip", "--verify", code=2).stderr
    assert "line 3" in told and "exit code 7" in told, told
    for wrong in ("3", "[3]", "''", "true"):
        write(wrong)
        told = slimtest.slim(package, "-n", code=2).stderr
        assert "slim.toml" in told and "line 3" in told and "verify-command" in told, told
