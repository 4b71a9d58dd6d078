#!/usr/bin/env python3
"""Tests folders inside a package go, and nothing that only looks like one; what kept code imports stays, with its own imports."""
import slimtest

FILES = {
    "app.py": "import pkg\n",
    "pkg/__init__.py": "from . import core\n",
    "pkg/core.py": "from pkg.deep.tests.helper import tool\n",
    "pkg/tests/__init__.py": "", "pkg/tests/test_core.py": "import pkg.core\n", "pkg/tests/data.csv": "1,2\n",
    "pkg/deep/__init__.py": "", "pkg/deep/tests/__init__.py": "",
    "pkg/deep/tests/helper.py": "from .more import x\n\ntool = 1\n",
    "pkg/deep/tests/more.py": "x = 1\n", "pkg/deep/tests/test_helper.py": "from .helper import tool\n",
    "pkg/testing/__init__.py": "",                 # never `testing`
    "jinja2/__init__.py": "", "jinja2/tests.py": "",  # never a file
    "tests/__init__.py": "", "tests/test_app.py": "",  # never a top-level package
    "plain/tests/readme.txt": "not inside a package\n",
}
with slimtest.workdir() as work:
    plan = slimtest.actions(slimtest.report(slimtest.write_zip(work / "in.zip", FILES)))
    dropped = sorted(path for path, (action, _) in plan.items() if action == "drop")
    assert dropped == ["pkg/deep/tests/test_helper.py", "pkg/tests/__init__.py", "pkg/tests/data.csv", "pkg/tests/test_core.py"], dropped

    result = slimtest.report(work / "in.zip")
    holds = {file["path"]: [hold["reason"] for hold in file.get("holds", [])] for file in result["files"]}
    assert any("pkg/core.py" in reason for reason in holds["pkg/deep/tests/helper.py"]), holds
    assert any("pkg/deep/tests/helper.py" in reason for reason in holds["pkg/deep/tests/more.py"]), holds
