#!/usr/bin/env python3
# labels: registry
"""Every report of one gate tells the same findings of the same files: real wheels on an older runtime, a layer with faults, and budgets."""
import html
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

import slimtest
from check_support import ARCH, MACHINE, library, needing

with slimtest.workdir() as work:
    name = "check-numpy-311" if MACHINE == "x86_64" else f"check-numpy-311-{MACHINE}"
    wheels = slimtest.pip_target(name, ["numpy==2.4.*"], "--platform", f"manylinux_2_28_{MACHINE}", "--platform",
                                 f"manylinux2014_{MACHINE}", "--python-version", "3.11", "--implementation", "cp", "--no-compile")
    function = slimtest.zip_folder(wheels)
    layer = slimtest.write_zip(work / "layer.zip", {"lib64/a.so": library(), "lib/b.so": needing("libnowhere.so.1"),
                                                    "layer/python/c.py": ""})
    kinds = ["json", "markdown", "sarif", "junit", "html"]
    files = {kind: work / f"report.{kind}" for kind in kinds}
    command = ["check", function, "--layer", layer, "--runtime", "python3.11", "--arch", ARCH, "--budget", "numpy=1MB"]
    outputs = [word for kind in kinds for word in (f"--{kind}", files[kind])]
    terminal = slimtest.slim(*command, *outputs, code=1).stdout
    texts = {kind: path.read_text() for kind, path in files.items()}
    slimtest.slim(*command, *outputs, "-j1", code=1)
    assert texts == {kind: path.read_text() for kind, path in files.items()}, "another run, other bytes"

    found = json.loads(texts["json"])["findings"]
    ids = {finding["id"] for finding in found}
    assert {"glibc-too-old", "missing-library", "unsearched-folder", "over-budget"} <= ids, ids
    expected = sorted((f["severity"], f["id"], f["path"]) for f in found)
    assert ids <= set(re.findall(r"(?:error|warning|note) ([a-z-]+)\n", terminal))

    run = json.loads(texts["sarif"])["runs"][0]
    def entry(result) -> str:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        path = urllib.parse.unquote(uri.removeprefix("file://"))
        package = next(each for each in (function, layer) if path.startswith(str(each)))
        return path.removeprefix(str(package)).removeprefix("/")
    assert sorted((r["level"], r["ruleId"], entry(r)) for r in run["results"]) == expected

    failed = {case.get("name"): case[0].text for case in ElementTree.fromstring(texts["junit"]).iter("testcase")
              if len(case) and case[0].tag != "skipped"}
    assert set(failed) == ids
    data = json.loads(re.search(r'<script type="application/json" id="report">(.*?)</script>', texts["html"], re.S)[1])
    page = sorted((s, i, p.removeprefix(f"{function.name}/").removeprefix("layer.zip/")) for s, i, p, _ in data["findings"])
    assert [(s, i, "" if p in (function.name, "layer.zip") else p) for s, i, p in page] == expected
    for finding in found:
        assert finding["path"] in failed[finding["id"]] and finding["message"] in failed[finding["id"]]
        assert finding["id"] in texts["markdown"]
    sentences = html.unescape(texts["markdown"]).replace("<span>", "").replace("</span>", "")
    assert all(finding["message"] in sentences for finding in found)

    # Sizes too: of all files of the page, of the JSON report, and of the containers.
    totals = json.loads(texts["json"])["totals"]
    assert sum(file[6] for file in data["files"]) == totals["unpacked"]
    assert sum(file[8] for file in data["files"]) + data["overhead"]["before"] == totals["zip"]
    assert totals["zip"] == function.stat().st_size + layer.stat().st_size
