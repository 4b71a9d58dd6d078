#!/usr/bin/env python3
"""Data of a test suite stays beside the modules that kept code needs; help for testing that is needed stays as a whole."""
import slimtest

FILES = {
    "beside/__init__.py": "from .tests import shared\n",
    "beside/tests/shared.py": "NAME = 'x'\ndef load(): return open(join(dirname(__file__), kind, NAME + '.yml'))\n",
    "beside/tests/kinds/x.yml": "a: 1\n", "beside/tests/top.json": "{}", "beside/tests/inner/__init__.py": "", "beside/tests/inner/far.json": "{}",
    # An empty __init__ reads nothing.
    "parent/__init__.py": "import parent.tests.inner.helper\n", "parent/tests/inner/__init__.py": "", "parent/tests/inner/helper.py": "x = 1\n",
    "parent/tests/top.json": "{}", "parent/tests/inner/near.json": "{}",
    # One of four modules defines tests, and kept code imports another: it may be what the package offers.
    "offered/__init__.py": "def client():\n    from .tests import client\n",
    "offered/tests/client.py": "", "offered/tests/server.py": "", "offered/tests/checks.py": "import pytest\ndef test_x(): pass\n", "offered/tests/page.html": "<p>\n",
    # The same, and nobody imports any.
    "unused/__init__.py": "",
    "unused/tests/client.py": "", "unused/tests/server.py": "", "unused/tests/checks.py": "import pytest\ndef test_x(): pass\n", "unused/tests/page.html": "<p>\n",
    "apart/__init__.py": "",
    "apart/tests/data.json": "{}",
}
for name in ("beside", "parent", "apart"):
    FILES |= {f"{name}/tests/__init__.py": "", f"{name}/tests/test_it.py": ""}
KEPT = {
    "beside": ["__init__.py", "kinds/x.yml", "shared.py", "top.json"],
    "parent": ["__init__.py", "inner/__init__.py", "inner/helper.py", "inner/near.json"],
    "offered": ["checks.py", "client.py", "page.html", "server.py"],
    "unused": [],
    "apart": [],
}
with slimtest.workdir() as work:
    result = slimtest.report(slimtest.write_zip(work / "in.zip", FILES))
    asked = slimtest.report(work / "in.zip", "--drop", "beside/tests/kinds/**")
for name, want in KEPT.items():
    folder = f"{name}/tests/"
    kept = sorted(file["path"].removeprefix(folder) for file in result["files"] if file["path"].startswith(folder) and file["action"] != "drop")
    assert kept == want, (name, kept)
reasons = {file["path"]: [hold["reason"] for hold in file.get("holds", [])] for file in result["files"]}
assert "beside/tests/shared.py is needed, and this lies beside it" in reasons["beside/tests/kinds/x.yml"], reasons["beside/tests/kinds/x.yml"]
assert slimtest.actions(asked)["beside/tests/kinds/x.yml"][0] == "drop"
assert not [finding for finding in asked["findings"] if finding["id"] == "dropped-but-imported"], asked["findings"]
