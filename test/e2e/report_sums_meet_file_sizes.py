#!/usr/bin/env python3
"""Every byte is accounted for: the JSON report's figures add up to the sizes of the input and the output file."""
import slimtest

FILES = {"app.py": "import pkg\n", "pkg/__init__.py": "a = 1\n", "pkg/__pycache__/__init__.cpython-311.pyc": b"\xa7\r\r\n" + b"\0" * 200,
         "pkg/tests/__init__.py": "", "pkg/tests/test_a.py": "assert True\n" * 50,
         "pkg-1.0.dist-info/METADATA": "Name: pkg\nVersion: 1.0\n\nlong " + "text " * 400, "pkg-1.0.dist-info/RECORD": "x,,\n" * 30}

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    result = slimtest.report(package, "-o", work / "out.zip")
    totals = result["totals"]
    for key in ("unpacked_before", "unpacked_after", "packed_before", "packed_after"):
        assert sum(f[key] for f in result["files"]) + sum(a.get(key, 0) for a in result["additions"]) == totals[key], key
    assert totals["container_before"] == package.stat().st_size == totals["packed_before"] + totals["overhead_before"]
    assert totals["container_after"] == (work / "out.zip").stat().st_size == totals["packed_after"] + totals["overhead_after"]
    assert totals["unpacked_before"] == sum(map(len, slimtest.read_zip(package).values()))
    assert totals["unpacked_after"] == sum(map(len, slimtest.read_zip(work / "out.zip").values()))
    changed = [f for f in result["files"] if f["action"] != "keep"]
    assert changed and all(f["rule"] and f["reason"] for f in changed)

    # A dry run tells the same plan and writes nothing.
    before = sorted(path.name for path in work.iterdir())
    planned = slimtest.report(package)
    assert slimtest.actions(planned) == slimtest.actions(result)
    assert [f["unpacked_after"] for f in planned["files"]] == [f["unpacked_after"] for f in result["files"]]
    assert sorted(path.name for path in work.iterdir()) == before
