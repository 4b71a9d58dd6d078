#!/usr/bin/env python3
"""However kept code comes by a module or a file of a tests folder, it runs after slimming as it ran before."""
import subprocess
import sys

import slimtest

# Each is the module m.py of a package PKG, which has tests/__init__.py, tests/h.py and tests/data.txt.
WAYS = {
    "exec_import": 'exec("import PKG.tests.h")',
    "exec_from": 'exec("x = 1\\nfrom PKG.tests import h")',
    "command": 'import subprocess, sys\nsubprocess.check_call([sys.executable, "-c", "import PKG.tests.h"])',
    "renamed": 'from importlib import import_module as load\nload("PKG.tests.h")',
    "renamed_relative": 'from importlib import import_module as load\nload(".tests.h", __package__)',
    "renamed_field": 'from importlib import import_module as load\nn = "h"\nload(f"{__package__}.tests.{n}")',
    "field": 'import importlib\nload = importlib.import_module\nn = "h"\nload(f"PKG.tests.{n}")',
    "sum": 'import importlib\nn = "h"\nimportlib.import_module("PKG" + ".tests." + n)',
    "sum_of_names": 'import importlib\nNAME = "tests"\nimportlib.import_module("PKG." + NAME + ".h")',
    "join": 'import importlib\nimportlib.import_module(".".join(["PKG", "tests", "h"]))',
    "join_own": 'import importlib\nimportlib.import_module(".".join([__package__, "tests", "h"]))',
    "format": 'import importlib\nimportlib.import_module("{}.tests.{}".format(__package__, "h"))',
    "percent": 'import importlib\nimportlib.import_module("%s.tests.h" % __package__)',
    "percent_name": 'import importlib\nimportlib.import_module("%(p)s.tests.h" % {"p": __package__})',
    "table": 'import importlib\nT = "tests.h other.x".split()\nimportlib.import_module("PKG." + T[0])',
    "table_of_tuples": 'import importlib\nT = {"H": ("tests", "h")}\nimportlib.import_module("PKG." + ".".join(T["H"]))',
    "run_module": 'import runpy\nrunpy.run_module("PKG.tests.h")',
    "run_path": 'import runpy, os\nrunpy.run_path(os.path.join(os.path.dirname(__file__), "tests", "h.py"))',
    "find_spec": 'import importlib.util\nassert importlib.util.find_spec("PKG.tests.h")',
    "get_data": 'import pkgutil\nassert pkgutil.get_data("PKG", "tests/data.txt")',
    "resources": 'from importlib import resources\nassert (resources.files("PKG.tests") / "data.txt").read_text()',
    "joinpath": 'from importlib.resources import files\nassert files("PKG").joinpath("tests").joinpath("data.txt").read_text()',
    "pathlib": 'from pathlib import Path\nassert (Path(__file__).parent / "tests" / "data.txt").read_text()',
    "named_folder": 'import os\nSUB = "tests"\nassert open(os.path.join(os.path.dirname(__file__), SUB, "data.txt")).read()',
    "lambda": 'f = lambda: __import__("PKG.tests.h")\nf()',
    "continued": "from . \\\n  tests import \\\n  h",
    "in_string": "x = f\"{__import__('PKG.tests.h')}\"",
    "star": "from .tests import *\nassert h.x",
}
# Folders that only sys.path leads to: a package in them has another name than its path says.
PATHS = {
    "vendor/foo": ("uses_vendor", "sys.path.insert(0, os.path.join(HERE, 'vendor'))\nimport foo.tests.h"),
    "third/bar": ("uses_pth", "import site; site.addsitedir(HERE)\nfrom bar.tests import h"),
    "host/_vendor/baz": ("uses_nested", "sys.path.insert(0, os.path.join(HERE, 'host/_vendor'))\nfrom baz import tests\ntests.h"),
}


def package(folder) -> dict:
    return {f"{folder}/__init__.py": "", f"{folder}/tests/__init__.py": "from . import h\n__all__ = ['h']\n",
            f"{folder}/tests/h.py": "x = 1\n", f"{folder}/tests/data.txt": "data", f"{folder}/tests/test_unused.py": ""}


def run(folder, module: str) -> str:
    code = f"import sys; sys.dont_write_bytecode = True; import {module}"
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=folder, capture_output=True, text=True).stderr.strip()


files, modules = {"third.pth": "third\n", "host/__init__.py": "", "host/_vendor/__init__.py": ""}, []
for name, source in WAYS.items():
    files |= package(f"w_{name}") | {f"w_{name}/m.py": source.replace("PKG", f"w_{name}") + "\n"}
    modules.append(f"w_{name}.m")
for folder, (name, source) in PATHS.items():
    files |= package(folder) | {f"{name}.py": f"import os, sys\nHERE = os.path.dirname(os.path.abspath(__file__))\n{source}\n"}
    modules.append(name)
files |= package("nobody") | {"nobody/m.py": "import importlib\nSUB = 'data'\n"}

with slimtest.workdir() as work:
    archive = slimtest.write_zip(work / "in.zip", files)
    before = slimtest.unzip(archive, work / "before")
    result = slimtest.report(archive, "-o", work / "out.zip")
    after = slimtest.unzip(work / "out.zip", work / "after")
    for module in modules:
        assert run(before, module) == "", (module, run(before, module))
    lost = {module: run(after, module).splitlines()[-1] for module in modules if run(after, module)}
    assert not lost, lost
    kept = sorted(path for path, (action, _) in slimtest.actions(result).items() if action != "drop" and path.startswith("nobody/tests"))
    assert not kept, kept
