#!/usr/bin/env python3
# labels: corpus registry qemu
# timeout: 900
"""The aarch64 wheels of the typical function, slimmed on any host, import and compute on an arm64 Python."""
import slimtest
from six_packages import PACKAGES, WORK

python = slimtest.arm64_python()
package = slimtest.zip_folder(slimtest.pip_target(
    "six-arm64", PACKAGES, "--no-compile", "--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64"))
with slimtest.workdir() as work:
    result = slimtest.report(package, "-o", work / "out.zip")
    assert result["input"]["arch"] == "arm64", result["input"]
    stripped = [f for f in result["files"] if f["action"] == "strip"]
    assert stripped and all(f["unpacked_after"] < f["unpacked_before"] for f in stripped)
    slimtest.slim(work / "out.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")

    folder = slimtest.unzip(work / "out.zip", work / "out")
    ran = slimtest.python_in(folder, WORK, python)
    assert ran.stdout.strip() == "works", ran.stderr
