#!/usr/bin/env python3
"""Data in tests folders goes with them unless kept code names it, as one string or joined from several."""
import slimtest

FILES = {
    "whole/__init__.py": "PATH = os.path.join(HERE, 'tests/data/x.json')\n",
    "joined/__init__.py": "", "joined/sub/__init__.py": "",
    "joined/sub/mod.py": "PATH = os.path.join(os.path.dirname(HERE), 'tests', 'data')\n",
    "slashes/__init__.py": "DATA = Path(__file__).parent / 'tests' / 'data' / 'y.py'\n",
    "resource/__init__.py": "X = importlib.resources.files('resource.tests').joinpath('data/x.json').read_text()\n",
    "pattern/__init__.py": "for f in glob.glob(f'{HERE}/tests/data/*.json'): pass\n",
    "field/__init__.py": "def load(x):\n    return open('tests/data/%s.json' % x)\n",
    "mere/__init__.py": "TESTS = os.path.join(HERE, 'tests')\n",
    "above/__init__.py": "ROOT = os.path.join(SITE, 'above')\n",
    "docs/__init__.py": "'''Run with tests/data/x.json'''\n# tests/data/x.json\n",
    "silent/__init__.py": "NAME = 'data'\n",
    "inner/__init__.py": "import inner.tests.helper\n",
    "inner/tests/helper.py": "open(os.path.join(HERE, 'data', 'x.json'))\n",
}
PACKAGES = sorted({path.split("/")[0] for path in FILES})
for name in PACKAGES:
    FILES |= {f"{name}/tests/__init__.py": "", f"{name}/tests/test_it.py": "", f"{name}/tests/data/x.json": "{}",
              f"{name}/tests/data/y.py": "import a\n"}
KEPT = {
    "whole": ["data/x.json"], "joined": ["data/x.json", "data/y.py"], "slashes": ["data/x.json", "data/y.py"], "pattern": ["data/x.json"], "field": ["data/x.json", "data/y.py"],
    "resource": ["__init__.py", "data/x.json"], "mere": ["data/x.json"], "inner": ["__init__.py", "data/x.json", "helper.py"],
}
with slimtest.workdir() as work:
    result = slimtest.report(slimtest.write_zip(work / "in.zip", FILES))
for name in PACKAGES:
    folder = f"{name}/tests/"
    kept = sorted(file["path"].removeprefix(folder) for file in result["files"]
                  if file["path"].startswith(folder) and file["action"] != "drop")
    assert kept == KEPT.get(name, []), (name, kept)
reasons = {file["path"]: [hold["reason"] for hold in file.get("holds", [])] for file in result["files"]}
assert reasons["joined/tests/data/x.json"] == ["joined/sub/mod.py names the folder joined/tests/data/"], reasons
