#!/usr/bin/env python3
# labels: registry
# timeout: 900
"""Packages that people deploy raise no alarm on python3.12; on python3.11 numpy's glibc need is told with its remedy."""
import re
import subprocess

import slimtest
from check_support import RUNTIME, check, message

PACKAGES = ["boto3", "requests", "numpy", "pandas", "pillow"]
MORE = ["pymysql", "cryptography", "pydantic", "fastapi", "flask", "sqlalchemy", "lxml", "psycopg2-binary",
        "aws-lambda-powertools[all]", "aiohttp", "grpcio", "scipy"]
LIMITS = {"lambda-zip-limit", "lambda-unpacked-limit"}  # all of them together are larger than a function may be


def wheels(name: str, packages: list, python: str, *platforms: str):
    tags = [word for platform in platforms for word in ("--platform", platform)]
    return slimtest.zip_folder(slimtest.pip_target(
        name, packages, "--no-compile", "--implementation", "cp", "--python-version", python, *tags))


for machine, arch in (("x86_64", "x86_64"), ("aarch64", "arm64")):
    package = wheels(f"check-clean-{machine}", PACKAGES, "3.12", f"manylinux2014_{machine}", f"manylinux_2_28_{machine}")
    result = check(package, *RUNTIME, "--arch", arch)
    print(result["findings"])
    assert [f for f in result["findings"] if f["id"] != "lambda-zip-limit"] == [], result["findings"]
    assert result["architecture"] == arch


def newest_glibc(path) -> tuple:
    """By binutils, which knows nothing of slim."""
    symbols = subprocess.run(["objdump", "-T", path], capture_output=True, text=True, check=True).stdout
    return max((tuple(map(int, found.split("."))) for found in re.findall(r"GLIBC_([0-9.]+)", symbols)), default=(0,))


def told_and_true(package) -> dict:
    """On python3.11 exactly those files are refused that its glibc, 2.26, can't load."""
    result = check(package, "--runtime", "python3.11", code=1)
    told = [f for f in result["findings"] if f["id"] not in LIMITS]
    assert {f["id"] for f in told} == {"glibc-too-old"}, told
    tree = package.with_suffix("")
    too_new = {str(path.relative_to(tree)) for path in tree.rglob("*.so*") if newest_glibc(path) > (2, 26)}
    assert too_new and {f["path"] for f in told} == too_new
    return result


many = wheels("check-many-312", MORE, "3.12", "manylinux2014_x86_64", "manylinux_2_28_x86_64")
findings = check(many, *RUNTIME, "--arch", "x86_64", code=1)["findings"]
assert [f for f in findings if f["id"] not in LIMITS] == [], findings
told_and_true(wheels("check-many-311", MORE, "3.11", "manylinux2014_x86_64", "manylinux_2_28_x86_64"))

result = told_and_true(wheels("check-numpy-311", ["numpy==2.4.*"], "3.11", "manylinux_2_28_x86_64", "manylinux2014_x86_64"))
text = message(result, "glibc-too-old")
assert "GLIBC_2.27" in text and "python3.12" in text and "numpy 2.2.6" in text, text
