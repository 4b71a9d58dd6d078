#!/usr/bin/env python3
"""Lambda's limits, budgets of the user's, and a committed baseline that says what grew."""
import json
import os

import slimtest
from check_support import RUNTIME, check, findings, message


def distribution(name: str, version: str, size: int) -> dict:
    return {f"{name}/__init__.py": "#" * size,
            f"{name}-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{name}-{version}.dist-info/RECORD": f"{name}/__init__.py,,\n"}


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {"app.py": "", **distribution("pandas", "2.0", 5000)})
    unpacked = sum(len(content) for content in slimtest.read_zip(package).values())

    assert check(package, *RUNTIME, "--budget", f"unpacked={unpacked}", "--budget", "zip=1MB")["findings"] == []
    over = check(package, *RUNTIME, "--budget", f"unpacked={unpacked - 1}", code=1)
    assert findings(over) == [("error", "over-budget", "")] and "pandas" in message(over, "over-budget")
    assert findings(check(package, *RUNTIME, "--budget", "pandas=4kB", code=1)) == [("error", "over-budget", "")]
    assert findings(check(package, *RUNTIME, "--warn-budget", "pandas=4kB")) == [("warning", "over-budget", "")]
    assert "did you mean 'pandas'" in slimtest.slim("check", package, "--budget", "panda=4kB", code=2).stderr
    assert "no zipped size" in slimtest.slim("check", slimtest.unzip(package, work / "tree"), "--budget", "zip=1MB", code=2).stderr

    baseline = work / "size.json"
    assert "--update-baseline" in slimtest.slim("check", package, "--baseline", baseline, code=2).stderr
    check(package, *RUNTIME, "--baseline", baseline, "--update-baseline")
    first = baseline.read_bytes()
    assert json.loads(first)["unpacked"] == unpacked
    assert check(package, *RUNTIME, "--baseline", baseline)["findings"] == []
    grown = slimtest.write_zip(work / "grown.zip", {"app.py": "", **distribution("pandas", "2.1", 6000), **distribution("new", "1", 500)})
    result = check(grown, *RUNTIME, "--baseline", baseline, code=1)
    assert {kind for _, kind, _ in findings(result)} == {"grown"}
    assert "pandas 2.0 → 2.1 +1.0 kB, new 1 (new) +561 B" in message(result, "grown"), message(result, "grown")
    assert check(grown, *RUNTIME, "--baseline", baseline, "--max-growth", "2kB")["findings"] == []
    assert check(grown, *RUNTIME, "--baseline", baseline, "--max-growth", "80%")["findings"] == []
    assert baseline.read_bytes() == first, "checking wrote the baseline"
    check(grown, *RUNTIME, "--baseline", baseline, "--update-baseline")
    assert check(grown, *RUNTIME, "--baseline", baseline)["findings"] == []
    baseline.write_text("{}")
    assert "size.json" in slimtest.slim("check", grown, "--baseline", baseline, code=2).stderr

    # One byte over what Lambda unpacks, over function and layers together; and a zip too large for direct upload.
    slimtest.write_zip(work / "large.zip", {"data.bin": bytes(262_144_000 - 1000)})
    layer = slimtest.write_zip(work / "layer.zip", {"python/x.py": "#" * 1000})
    assert check(work / "large.zip", layer, *RUNTIME)["findings"] == []
    layer = slimtest.write_zip(work / "layer.zip", {"python/x.py": "#" * 1001})
    assert findings(check(work / "large.zip", layer, *RUNTIME, code=1)) == [("error", "lambda-unpacked-limit", "")]
    slimtest.write_zip(work / "wide.zip", {"app.py": "", "noise.bin": os.urandom(52_428_800)})
    assert findings(check(work / "wide.zip", *RUNTIME)) == [("warning", "lambda-zip-limit", "")]
