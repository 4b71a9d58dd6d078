#!/usr/bin/env python3
"""Packed sizes are told of zips alone: a folder has none, and a tar is packed as a whole, so no report shows figures of them."""
import json
import re
import subprocess

import slimtest

FILES = {"app.py": "import pkg\n", "pkg/__init__.py": "a = 1\n" * 400, "pkg/a.pyi": "x: int\n" * 300,
         "pkg-1.0.dist-info/METADATA": "Name: pkg\nVersion: 1.0\n\nlong " + "text " * 400, "pkg-1.0.dist-info/RECORD": "x,,\n" * 300}


def members(value, found=None) -> set:
    """Names of all members, at any depth."""
    found = set() if found is None else found
    if isinstance(value, dict):
        found |= set(value)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        members(each, found)
    return found


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    folder = slimtest.unzip(package, work / "in")
    subprocess.run(["tar", "-czf", work / "in.tar.gz", "-C", folder, "."], check=True)
    subprocess.run(["tar", "-cf", work / "in.tar", "-C", folder, "."], check=True)
    inputs = {"in.zip": True, "in": False, "in.tar": False, "in.tar.gz": False}
    outputs = {"out.zip": True, "out/": False, "out.tar": False, "out.tar.gz": False}
    for number, (source, before) in enumerate(inputs.items()):
        for name, after in outputs.items():
            target = f"{work}/{number}-{name}"
            page, summary, plan = work / "page.html", work / "summary.md", work / "plan.json"
            terminal = slimtest.slim(work / source, "-o", target, "--html", page, "--markdown", summary, "--json", plan).stdout
            report = json.loads(plan.read_text())
            case = (source, name)

            # By file, rule and package: what is a zip has them, before and after apart.
            found = members(report)
            assert ("packed_before" in found, "overhead_before" in found) == (before, before), (case, report["totals"])
            assert ("packed_after" in found, "overhead_after" in found) == (after, after), (case, report["totals"])
            # In all: what is a file has one.
            sizes = {"container_before": work / source, "container_after": slimtest.pathlib.Path(target)}
            for key, path in sizes.items():
                assert report["totals"].get(key) == (path.stat().st_size if path.is_file() else None), (case, key)
            # Whatever figure there is, it is one that a file can have.
            assert all(value < 1 << 40 for value in report["totals"].values()), (case, report["totals"])

            both = before and after
            assert (re.search(r"^  by rule .* packed$", terminal, re.M) is not None) == both, (case, terminal)
            assert ("| packed |" in summary.read_text()) == both, case
            data = json.loads(re.search(r'<script type="application/json" id="report">(.*?)</script>', page.read_text(), re.S)[1])
            assert (data["packed"] != "", "overhead" in data) == (both, both), case
            # The whole is told where there is one to tell of.
            labels = [figure["label"] for figure in data["figures"]]
            shown = {"zipped", "archived"} & set(labels)
            assert (len(shown) == 1) == (name != "out/"), (case, labels)
            assert all(f"  {label} " in terminal and f"| {label} |" in summary.read_text() for label in shown), (case, terminal)

    # A report of a tar is compared by what is in it: it has no zip's size.
    slimtest.slim(package, "-o", work / "x.tar.gz", "--json", work / "tar.json", "-q")
    slimtest.slim(package, "-o", work / "x.zip", "--json", work / "zip.json", "-q")
    told = json.loads(slimtest.slim("diff", work / "tar.json", work / "x.zip", "--json", "-").stdout)
    assert "zip" not in told["before"] and told["after"]["zip"] == (work / "x.zip").stat().st_size
    told = json.loads(slimtest.slim("diff", work / "zip.json", work / "x.zip", "--json", "-").stdout)
    assert told["before"]["zip"] == told["after"]["zip"]
