#!/usr/bin/env python3
"""An unknown runtime is a notice and no guess; a deprecated one is a warning; not every runtime has arm64."""
import slimtest
from check_support import check, findings, message

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {"app.py": ""})
    result = check(package, "--runtime", "python3.99")
    assert findings(result) == [("note", "unknown-runtime", "")] and result["runtime_known"] is False
    assert "did you mean" in message(check(package, "--runtime", "pyhton3.12"), "unknown-runtime")
    old = check(package, "--runtime", "python3.8")
    assert findings(old) == [("warning", "runtime-deprecated", "")] and "2024-10-14" in message(old, "runtime-deprecated")
    check(package, "--runtime", "python3.8", "--fail-on", "warning", code=1)
    assert ("error", "runtime-architecture", "") in findings(check(package, "--runtime", "python3.7", "--arch", "arm64", code=1))
    for wrong in (["--arch", "sparc"], ["--fail-on", "never"], ["--budget", "20MB"], ["--budget", "zip=much"],
                  ["--max-growth", "x"], ["--update-baseline"], ["--ready-for", "risc"], ["--no-such-flag"]):
        refused = slimtest.slim("check", package, *wrong, code=2)
        assert refused.stderr.startswith("slim: ") and len(refused.stderr.splitlines()) == 1, refused.stderr
    assert "no-such.zip" in slimtest.slim("check", work / "no-such.zip", code=2).stderr
