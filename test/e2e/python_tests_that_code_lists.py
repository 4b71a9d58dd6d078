#!/usr/bin/env python3
"""Modules of a tests folder that kept code finds by listing the folder run after slimming as they ran before."""
import subprocess
import sys

import slimtest

FOUND = "\nassert 'h' in names and 'test_h' in names, names"
WAYS = {
    "iter_modules": "import importlib, pkgutil\nfrom PKG import tests\nnames = [m.name for m in pkgutil.iter_modules(tests.__path__)]\nfor n in names: importlib.import_module(tests.__name__ + '.' + n)",
    "walk": "import pkgutil, PKG.tests as t\nnames = [m.name.split('.')[-1] for m in pkgutil.walk_packages(t.__path__, t.__name__ + '.')]\nfor m in names: __import__(t.__name__ + '.' + m)",
    "listdir": "import importlib.util, os\nD = os.path.join(os.path.dirname(__file__), 'tests')\nnames = []\nfor f in os.listdir(D):\n    if f.endswith('.py'):\n        s = importlib.util.spec_from_file_location(f[:-3], os.path.join(D, f))\n        s.loader.exec_module(importlib.util.module_from_spec(s))\n        names.append(f[:-3])",
    "glob": "import glob, os\nnames = [os.path.basename(f)[:-3] for f in glob.glob(os.path.join(os.path.dirname(__file__), 'tests', '*.py'))]",
    "rglob": "from pathlib import Path\nnames = [f.stem for f in (Path(__file__).parent / 'tests').rglob('*.py')]",
    "pattern": "import glob, os\nnames = [os.path.basename(f)[:-3] for f in glob.glob(os.path.dirname(__file__) + '/tests/**/*.py', recursive=True)]",
}


def run(folder, module: str) -> str:
    code = f"import sys; sys.dont_write_bytecode = True; import {module}"
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=folder, capture_output=True, text=True).stderr.strip()


files = {}
for name, source in {**WAYS, "nobody": "import os\nnames = ['h', 'test_h']\nos.listdir('.')"}.items():
    package = f"w_{name}"
    files |= {f"{package}/__init__.py": "", f"{package}/m.py": source.replace("PKG", package) + FOUND + "\n", f"{package}/tests/__init__.py": "",
              f"{package}/tests/h.py": "x = 1\n", f"{package}/tests/test_h.py": "x = 1\n"}
with slimtest.workdir() as work:
    archive = slimtest.write_zip(work / "in.zip", files)
    before = slimtest.unzip(archive, work / "before")
    slimtest.slim(archive, "-o", work / "out.zip")
    after = slimtest.unzip(work / "out.zip", work / "after")
    for name in WAYS:
        assert run(before, f"w_{name}.m") == "", run(before, f"w_{name}.m")
    lost = {name: run(after, f"w_{name}.m").splitlines()[-1] for name in WAYS if run(after, f"w_{name}.m")}
    assert not lost, lost
    assert not (after / "w_nobody/tests").exists()
