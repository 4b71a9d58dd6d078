#!/usr/bin/env python3
"""A finding is as grave in a run of slim as in slim check, in the same words; a run succeeds with what was there before."""
import slimtest
from check_support import EXTENSION, MACHINE, RUNTIME, check, library

try:
    newer = library("unsigned arc4random(void); unsigned f(void) { return arc4random(); }", "-Wl,-z,defs")
except AssertionError:
    slimtest.skip("this system's glibc is older than 2.36")


def told(findings: list) -> set:
    return {(f["severity"], f["id"], f["path"], f["message"]) for f in findings if f["id"] not in ("compiled-at-start", "lambda-zip-limit")}


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {
        "app.py": "", f"a/_new.{EXTENSION}": newer, f"b/_core.cpython-39-{MACHINE}-linux-gnu.so": library(),
        "c/_mac.cpython-312-darwin.so": b"\xcf\xfa\xed\xfe" + b"\0" * 60, "mypkg.pth": "/home/dev/mypkg\n"})
    for arguments in (RUNTIME, []):
        run = slimtest.report(package, "-o", work / "out.zip", *arguments)["findings"]
        gate = check(package, *arguments, code=1)["findings"]
        assert told(run) == told(gate) and ("error", "glibc-too-old") in {(f["severity"], f["id"]) for f in run}, (run, gate)
    text = next(f["message"] for f in gate if f["id"] == "glibc-too-old")
    assert "told by the files" in text, text  # which runtime it is, nobody has said
    shown = slimtest.slim(package, "-o", work / "out.zip", *RUNTIME).stdout
    assert "in the input already" in shown and "slim check fails" in shown, shown
    clean = slimtest.write_zip(work / "clean.zip", {"app.py": "x = 1\n"})
    assert "in the input already" not in slimtest.slim(clean, "-o", work / "out.zip", *RUNTIME).stdout
