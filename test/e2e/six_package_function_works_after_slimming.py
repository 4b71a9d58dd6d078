#!/usr/bin/env python3
# labels: corpus registry
# timeout: 900
"""The typical function (boto3 requests pandas numpy Pillow pymysql) imports and computes after slimming, where the
shell recipe leaves one that does not start."""
import subprocess

import slimtest

PACKAGES = ["boto3", "requests", "pandas", "numpy", "Pillow", "pymysql"]
WORK = """
import boto3, requests, pandas, numpy, pymysql, io
from PIL import Image
x = numpy.linalg.solve(numpy.array([[3.0, 1.0], [1.0, 2.0]]), numpy.array([9.0, 8.0]))
assert abs(x - [2.0, 3.0]).max() < 1e-12, x
for kind in ("JPEG", "PNG"):
    data = io.BytesIO()
    Image.new("RGB", (32, 32), (200, 10, 10)).save(data, kind)
    assert Image.open(io.BytesIO(data.getvalue())).convert("RGB").getpixel((5, 5))[0] > 150
sums = pandas.DataFrame({"k": ["a", "b", "a"], "v": [1, 2, 3]}).groupby("k").v.sum()
assert sums.to_dict() == {"a": 4, "b": 2}, sums
client = boto3.client("s3", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="y")
assert client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}).startswith("https://")
print("works")
"""

package = slimtest.zip_folder(slimtest.pip_target("six", PACKAGES))
with slimtest.workdir() as work:
    done = slimtest.slim(package, "-o", work / "out.zip")
    print(done.stdout)
    folder = slimtest.unzip(work / "out.zip", work / "out")
    ran = slimtest.python_in(folder, WORK)
    assert ran.stdout.strip() == "works", ran.stderr
    assert (work / "out.zip").stat().st_size < 0.7 * package.stat().st_size

    # Slimming what is slim already changes no byte.
    slimtest.slim(work / "out.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")

# The aarch64 wheels: every ELF file that the x86_64 host's strip would refuse still has its segments and symbols
# (slim's own verification, run again here by a second pass that must find nothing to do).
arm = slimtest.zip_folder(slimtest.pip_target(
    "six-arm64", PACKAGES, "--no-compile", "--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64"))
with slimtest.workdir() as work:
    result = slimtest.report(arm, "-o", work / "out.zip")
    assert result["input"]["arch"] == "arm64", result["input"]
    stripped = [f for f in result["files"] if f["action"] == "strip"]
    assert stripped and all(f["unpacked_after"] < f["unpacked_before"] for f in stripped)
    slimtest.slim(work / "out.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")
    machine = subprocess.run(["readelf", "-h", next(slimtest.unzip(work / "out.zip", work / "out").rglob("_multiarray_umath*.so"))],
                             capture_output=True, text=True, check=True).stdout
    assert "AArch64" in machine
