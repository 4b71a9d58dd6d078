#!/usr/bin/env python3
# labels: corpus registry
# timeout: 900
"""A run reads of tests and bytecode what turns out to stay. `explain` reads all of it, and tells of the same plan."""
import json

import slimtest
import six_packages

PACKAGES = [
    slimtest.pip_target("six", six_packages.PACKAGES),
    slimtest.pip_target("survival-flask", ["flask"]),
    slimtest.pip_target("survival-numpy-2.2.6-scipy-1.15.2", ["numpy==2.2.6", "scipy==1.15.2"]),
    slimtest.pip_target("survival-nltk", ["nltk"]),
]
WAYS = [[], ["--bytecode", "keep"], ["--keep", "**/tests/*a*"], ["--keep", "**/__pycache__/*t*"], ["--disable", "python-tests"]]
SAME = ("kind", "package", "action", "unpacked_before", "unpacked_after")
unread = reached = 0
for folder in PACKAGES:
    package = slimtest.zip_folder(folder)
    for way in WAYS if folder == PACKAGES[0] else WAYS[:1]:
        run = slimtest.report(package, *way)["files"]
        explained = json.loads(slimtest.slim("explain", package, "**", *way, "--json", "-").stdout)["files"]
        assert len(run) == len(explained) > 100
        for ours, full in zip(run, explained):
            assert ours["path"] == full["path"] and all(ours[key] == full[key] for key in SAME), (ours, full)
            assert ours.get("rule") == full.get("rule") and ours.get("holds", []) == full["holds"], (ours, full)
            assert ours["action"] == "drop" or "xxh3_before" in ours, ours
            unread += "xxh3_before" not in ours
            reached += ours["action"] != "drop" and "/tests/" in ours["path"]
assert unread > 3000 and reached > 10, (unread, reached)
