#!/usr/bin/env python3
"""Every report says what was run as a proof, that it held, and what was left alone for it; without a proof none speaks of one."""
import slimtest
from verify_support import CALL, RUNTIME, make

with slimtest.workdir() as work:
    package = make(work)
    reports = {"--markdown": work / "out.md", "--html": work / "out.html"}
    written = [str(word) for pair in reports.items() for word in pair]
    terminal = slimtest.slim(package, "-o", work / "out.zip", "--verify", "--verify-command", CALL, *written, *RUNTIME).stdout
    version = RUNTIME[1].removeprefix("python")
    for told in (terminal, reports["--markdown"].read_text(), reports["--html"].read_text()):
        for words in ("5 of 5 modules import as before", f"under Python {version}", "ends and prints as before", "app.handler(", "python-tests", "left alone for that"):
            assert words.replace("-", "\\-") in told or words in told, (words, told[:3000])
    slimtest.slim(package, "-o", work / "out.zip", *written, *RUNTIME)
    for path in reports.values():
        assert "as before" not in path.read_text(), path
    assert "proof" not in slimtest.report(package, *RUNTIME)

    # A package without any Python has nothing to import, and needs no interpreter for that.
    native = slimtest.write_zip(work / "native.zip", {"index.js": "exports.handler = async () => 1\n"})
    told = slimtest.slim(native, "-o", work / "native-out.zip", "--verify", "--python", "/bin/false").stdout
    assert "no module whose import" in told, told
    # A command of many lines and a very long one take one line.
    long = "echo " + "x" * 5000 + "\necho 2"
    told = slimtest.slim(package, "-o", work / "out.zip", "--verify-command", long, *RUNTIME).stdout
    assert "…" in told and max(map(len, told.splitlines())) < 200, told
