#!/usr/bin/env python3
"""slim rules and slim explain speak JSON with a versioned schema; its figures are those of the run's report."""
import json

import slimtest
from check_support import library

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {
        "app.py": "import pkg\n", "pkg/__init__.py": "from pkg.tests import helper\n", "pkg/tests/__init__.py": "",
        "pkg/tests/helper.py": "", "pkg/tests/test_more.py": "#" * 500, "pkg/lib.so": library("int f(void) { return 1; }", "-g3")})
    run = slimtest.report(package)

    def rules(*args) -> dict:
        result = json.loads(slimtest.slim("rules", *args, "--json", "-").stdout)
        assert result["schema"] == "slim-rules-1"
        return result, {rule["rule"]: rule for rule in result["rules"]}

    result, here = rules(package, "--disable", "python-stubs")
    assert result["input"] == str(package) and not here["python-stubs"]["enabled"] and here["elf-strip"]["evidence"]
    in_run = {group["rule"]: group for group in run["rules"]}
    assert in_run and "elf-strip" in in_run
    for name, group in in_run.items():
        assert all(here[name][key] == group[key] for key in ("files", "unpacked_before", "unpacked_after")), name
    assert {name for name, rule in here.items() if rule["files"]} == set(in_run)
    assert all(rule["risk"] for rule in here.values() if "default" in rule)
    assert "files" not in rules()[1]["elf-strip"] and "input" not in rules()[0]

    shown = slimtest.slim("explain", package, "**", "--json", work / "out.json").stdout
    assert "pkg/tests/helper.py" in shown
    explained = json.loads((work / "out.json").read_text())
    assert explained["schema"] == "slim-explain-1" and explained["input"] == str(package)
    files = {file["path"]: file for file in explained["files"]}
    assert set(files) == {file["path"] for file in run["files"]}
    for file in run["files"]:
        mine = files[file["path"]]
        assert mine["holds"] == file.get("holds", []) and mine.get("rule") == file.get("rule"), mine
        assert all(mine[key] == file[key] for key in ("kind", "package", "action", "unpacked_before", "unpacked_after")), mine
    assert files["pkg/tests/test_more.py"]["matches"] == ["python-tests"] and files["pkg/tests/test_more.py"]["evidence"]
    one = json.loads(slimtest.slim("explain", package, "pkg/tests/helper.py", "--json", "-").stdout)["files"]
    assert [file["path"] for file in one] == ["pkg/tests/helper.py"] and "pkg.tests.helper" in one[0]["importer"]
    assert 0 < files["pkg/lib.so"]["loaded"] < files["pkg/lib.so"]["unpacked_before"]
