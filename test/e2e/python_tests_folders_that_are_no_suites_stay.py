#!/usr/bin/env python3
"""A folder test or tests goes when its modules show that it is a test suite, and stays when it has no more than the name."""
import slimtest

# Each is a package; "" is an empty file.
STAYS = {
    "sql": {"tests/generic.sql": "select 1"},
    "yaml": {"plugins/__init__.py": "", "plugins/test/__init__.py": "", "plugins/test/core.py": "def is_even(x): pass\n", "plugins/test/even.yml": "DOCUMENTATION: x\n"},
    "docs": {"tests/README.md": "how to\n", "tests/page.html": "<p>\n"},
    "filters": {"tests/__init__.py": "", "tests/even.py": "def test_even(x): return x % 2 == 0\n"},
    "product": {"test/__init__.py": "from .cases import C\n", "test/cases.py": "import unittest\nclass C(unittest.TestCase): pass\n", "test/test_client.py": ""},
    "helped": {"test/mocks.py": "from unittest import mock\n", "test/test_utils.py": "import pytest\n"},
    "fixtures": {"tests/util.py": "", "tests/project.py": "import pytest\n@pytest.fixture(scope='class')\ndef test_config(): return 1\n"},
    "one_test": {"tests/test_all.py": ""} | {f"tests/plugin_{n}.py": "" for n in range(8)},
    "inner": {"test/__init__.py": "", "test/runner.py": "", "test/tests/__init__.py": "", "test/tests/test_runner.py": ""},
    "scaffold": {"project_template/__init__.py": "", "project_template/tests/test_app.py": "def test_it(): pass\n"},
    "cutter": {"{{ cookiecutter.name }}/__init__.py": "", "{{ cookiecutter.name }}/tests/test_app.py": "def test_it(): pass\n"},
}
GOES = {
    "named": {"tests/test_it.py": "", "tests/data.csv": "1\n", "tests/sub/x.json": "{}"},
    "ending": {"test/it_test.py": "", "test/data.csv": "1\n"},
    "conftest": {"tests/conftest.py": "", "tests/checks.py": "", "tests/x.sql": "select 1"},
    "by_unittest": {"tests/__init__.py": "", "tests/checks.py": "import unittest\nclass T(unittest.TestCase):\n    def test_x(self): pass\n"},
    "by_pytest": {"tests/__init__.py": "", "tests/checks.py": "import pytest\ndef test_x(): pass\n", "tests/x.yml": "a: 1\n"},
    "by_numpy": {"tests/__init__.py": "", "tests/checks.py": "from numpy.testing import assert_\ndef test_x(): pass\n"},
    "by_subject": {"client.py": "", "tests/test_client.py": ""},
    "sourceless": {"tests/test_it.pyc": b"\xcb\x0d\r\n" + b"\0" * 30},
    "with_cases": {"tests/test_it.py": ""} | {f"tests/data/case_{n}.py": "" for n in range(8)},
}
INNER_GOES = {"inner/test/tests/__init__.py", "inner/test/tests/test_runner.py"}

files = {}
for name, content in {**STAYS, **GOES}.items():
    files |= {f"{name}/__init__.py": ""} | {f"{name}/{path}": text for path, text in content.items()}
with slimtest.workdir() as work:
    result = slimtest.report(slimtest.write_zip(work / "in.zip", files), "-o", work / "out.zip")
    again = slimtest.report(work / "out.zip", "-o", work / "again.zip")
    assert slimtest.read_zip(work / "out.zip") == slimtest.read_zip(work / "again.zip")
dropped = {path for path, (action, rule) in slimtest.actions(result).items() if action == "drop" and rule == "python-tests"}
wanted = {f"{name}/{path}" for name, content in GOES.items() for path in content if "/" in path} | INNER_GOES
assert dropped == wanted, (sorted(dropped - wanted), sorted(wanted - dropped))
holds = {file["path"]: [hold["reason"] for hold in file.get("holds", [])] for file in result["files"]}
assert any("nothing shows that sql/tests/ is a test suite" in reason for reason in holds["sql/tests/generic.sql"]), holds["sql/tests/generic.sql"]
