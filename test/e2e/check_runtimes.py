#!/usr/bin/env python3
"""A runtime is one of Lambda's, or the one that was meant is named; one that only the files tell may be unknown, which is a
notice; a deprecated one is a warning with its days; not every runtime has arm64."""
import slimtest
from check_support import check, findings, message

NEAREST = {"node22": "nodejs22.x", "nodejs22": "nodejs22.x", "python3.99": "python3.14", "python312": "python3.12",
           "pyhton3.12": "python3.12", "Python3.12": "python3.12", "python3": "python3.14", "ruby4.1": "ruby4.0",
           "ruby3.9": "ruby3.4", "java-21": "java21", "java20": "java21", "dotnet9": "dotnet10",
           "dotnet3.1": "dotnetcore3.1", "golang": "go1.x", "provided.al2022": "provided.al2023"}

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {"app.py": ""})
    # Named: it must be one of Lambda's. Told by the files alone: one that this version doesn't know is a notice.
    for wrong, meant in NEAREST.items():
        for command in (["check", package], [package, "-n"], ["rules", package], ["verify", package]):
            error = slimtest.slim(*command, "--runtime", wrong, code=2).stderr
            assert f"--runtime {wrong}: " in error and f"did you mean '{meant}'?" in error, error
    assert "the newest are python3." in slimtest.slim("check", package, "--runtime", "cobol85", code=2).stderr
    newer = slimtest.write_zip(work / "newer.zip", {"python/lib/python3.66/site-packages/x.py": ""})
    result = check(newer)
    assert ("note", "unknown-runtime", "") in findings(result) and result["runtime_known"] is False, result
    assert "python3.66" in message(result, "unknown-runtime")
    (work / "slim.toml").write_text('\nruntime = "node22"\n')
    error = slimtest.slim("check", package, code=2).stderr
    assert "slim.toml: line 2, column 11: runtime node22" in error and "did you mean 'nodejs22.x'?" in error, error
    (work / "slim.toml").unlink()

    # Announced, and its system not yet known: what can't be checked is said, in a note.
    early = check(package, "--runtime", "python3.15")
    assert findings(early) == [("note", "unknown-system", "")] and early["runtime_known"] is True, early
    old = check(package, "--runtime", "python3.8")
    assert findings(old) == [("warning", "runtime-deprecated", "")], old
    days = message(old, "runtime-deprecated")
    assert all(day in days for day in ("2024-10-14", "2027-02-01", "2027-03-03")), days  # patches, creating, updating
    check(package, "--runtime", "python3.8", "--fail-on", "warning", code=1)
    assert ("error", "runtime-architecture", "") in findings(check(package, "--runtime", "python3.7", "--arch", "arm64", code=1))
    for wrong in (["--arch", "sparc"], ["--fail-on", "never"], ["--budget", "20MB"], ["--budget", "zip=much"],
                  ["--max-growth", "x"], ["--update-baseline"], ["--ready-for", "risc"], ["--no-such-flag"]):
        refused = slimtest.slim("check", package, *wrong, code=2)
        assert refused.stderr.startswith("slim: ") and len(refused.stderr.splitlines()) == 1, refused.stderr
    assert "no-such.zip" in slimtest.slim("check", work / "no-such.zip", code=2).stderr
