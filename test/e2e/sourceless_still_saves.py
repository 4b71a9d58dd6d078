#!/usr/bin/env python3
# labels: corpus registry
"""--bytecode sourceless on the six-package function: what is held for want of proof is little, and it works as before."""
import collections
import sys

import six_packages
import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
LEAST_GONE = {"pandas": 0.95, "botocore": 0.9, "pillow": 0.85, "requests": 0.9, "boto3": 0.85, "PyMySQL": 0.9}

package = slimtest.pip_target("six", six_packages.PACKAGES)
with slimtest.workdir() as work:
    result = slimtest.report(package, "-o", work / "out", "--bytecode", "sourceless", "--runtime", RUNTIME)
    compiled = slimtest.report(package, "--bytecode", "compile", "--runtime", RUNTIME)
    sources, gone = collections.Counter(), collections.Counter()
    for file in result["files"]:
        if file["path"].endswith(".py") and (file["action"] == "keep" or file.get("rule") == "python-sourceless"):
            sources[file["package"]] += file["unpacked_before"]
            gone[file["package"]] += file["unpacked_before"] if file["action"] == "drop" else 0
    for name, least in LEAST_GONE.items():
        print(f"{name}: {gone[name] / sources[name]:.1%} of {sources[name]:,} bytes of sources gone")
        assert gone[name] >= least * sources[name], name
    saved = compiled["totals"]["unpacked_after"] - result["totals"]["unpacked_after"]
    print(f"{saved:,} bytes less than with --bytecode compile")
    assert saved > 12_000_000, saved
    ran = slimtest.python_in(work / "out", six_packages.WORK)
    assert ran.stdout.strip() == "works", ran.stderr[-2000:]
