#!/usr/bin/env python3
"""A zip with backslashes for slashes, as Windows PowerShell 5 writes it, is a finding of `slim check` in each of its
reports, with all else checked as it was meant; slim itself refuses such a zip and says where it comes from."""
import json
import zipfile

import slimtest
from check_support import RUNTIME, check, findings, message

with slimtest.workdir() as work:
    package = work / "in.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for name, text in {"app.py": "import pkg\n", "pkg\\__init__.py": "", "pkg\\data\\x.txt": "x", "pkg\\empty\\": ""}.items():
            info = zipfile.ZipInfo("placeholder")
            info.filename, info.create_system, info.external_attr = name, 0, 0x10 if name.endswith("\\") else 0
            archive.writestr(info, text)
    result = check(package, *RUNTIME, "--handler", "app.handler", "--sarif", work / "out.sarif", code=1)
    assert ("error", "backslash-name", "pkg\\__init__.py") in findings(result), findings(result)
    said = message(result, "backslash-name")
    assert "Compress-Archive" in said and "3 entries" in said, said
    run = json.loads((work / "out.sarif").read_text())["runs"][0]
    assert "backslash-name" in [item["ruleId"] for item in run["results"]]
    assert "PowerShell" in json.dumps([rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "backslash-name"])

    error = slimtest.slim(package, "-o", work / "out.zip", code=2).stderr
    assert "pkg\\__init__.py" in error and "Compress-Archive" in error and not (work / "out.zip").exists(), error
    # With slashes two names become one, or one that leaves the package: then nothing can be checked.
    for names in (("a\\b", "a/b"), ("..\\..\\etc\\x",)):
        with zipfile.ZipFile(package, "w") as archive:
            for name in names:
                info = zipfile.ZipInfo("placeholder")
                info.filename = name
                archive.writestr(info, "")
        slimtest.slim("check", package, code=2)
