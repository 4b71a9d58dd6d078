#!/usr/bin/env python3
"""Modules in tests folders that kept code imports by a name, however it says it, stay; what it can't reach goes."""
import slimtest

TESTS = ["absolute", "relative", "own", "prefixed_a", "prefixed_b", "string", "lazy", "stub", "entry", "startup", "star",
         "vendored", "typed", "unknown"]


def package(name: str, source: str) -> dict:
    """A package with the source as its __init__ and a tests folder with all of TESTS."""
    files = {f"{name}/__init__.py": source, f"{name}/tests/__init__.py": "", f"{name}/tests/conftest.py": "", f"{name}/tests/sub/__init__.py": ""}
    return files | {f"{name}/tests/{test}.py": "" for test in TESTS} | {f"{name}/tests/sub/deep.py": ""}


FILES = {
    **package("a_literal", "import importlib\nimportlib.import_module('a_literal.tests.absolute')\n"),
    **package("b_relative", "from importlib import import_module\nimport_module('.tests.relative', __name__)\n"),
    **package("c_own", "import importlib\nimportlib.import_module(f'{__name__}.tests.own')\n"),
    **package("d_prefix", "def load(x):\n    return __import__('d_prefix.tests.prefixed_' + x)\n"),
    **package("e_below", "def load(x):\n    return import_module(f'e_below.tests.sub.{x}')\n"),
    **package("f_string", "HOOKS = ['f_string.tests.string:hook']\n"),
    **package("g_lazy", "_TABLE = {'x': 'tests.lazy'}\ndef __getattr__(name):\n    return load(_TABLE[name])\n"),
    **package("h_stub", "import lazy_loader\n__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)\n"),
    "h_stub/__init__.pyi": "from .tests.stub import thing\n",
    **package("i_entry", ""),
    "i_entry-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: i_entry\nVersion: 1\n",
    "i_entry-1.dist-info/entry_points.txt": "[console_scripts]\nrun = i_entry.tests.entry:main [extra]\n",
    **package("j_startup", ""),
    "j_startup.pth": "import j_startup.tests.startup; j_startup.tests.startup.go()\n/some/folder\n",
    **package("k_star", "__all__ = ['tests']\n"),
    "k_user.py": "from k_star import *\n",
    **package("l_typed", "if TYPE_CHECKING:\n    from l_typed.tests import typed\n"),
    **package("m_unknown", "def load(name):\n    return importlib.import_module('m_unknown.' + name)\n"),
    **package("n_vendor/vendored", ""),
    "n_vendor/__init__.py": "", "n_vendor/user.py": "from vendored.tests.vendored import x\n",
    **package("o_listed", "__all__ = ['tests']\n"),
}
NEEDED = {
    "a_literal": ["absolute"], "b_relative": ["relative"], "c_own": ["own"], "d_prefix": ["prefixed_a", "prefixed_b"],
    "e_below": ["sub/__init__", "sub/deep"], "f_string": ["string"], "g_lazy": ["lazy"], "h_stub": ["stub"],
    "i_entry": ["entry"], "j_startup": ["startup"], "k_star": [], "l_typed": None, "m_unknown": None,
    "n_vendor/vendored": ["vendored"], "o_listed": None,
}
with slimtest.workdir() as work:
    result = slimtest.report(slimtest.write_zip(work / "in.zip", FILES))
kept = {file["path"] for file in result["files"] if file["action"] != "drop" and "/tests/" in file["path"]}
for name, modules in NEEDED.items():
    want = set() if modules is None else {f"{name}/tests/{module}.py" for module in ["__init__", *modules]}
    found = {path for path in kept if path.startswith(name + "/")}
    if name == "e_below":
        want |= {f"{name}/tests/__init__.py"}
    assert found == want, (name, sorted(found), sorted(want))

reasons = {file["path"]: file["holds"][0]["reason"] for file in result["files"] if file["path"] in kept}
assert reasons["d_prefix/tests/prefixed_a.py"] == (
    "d_prefix/__init__.py imports names that begin with d_prefix.tests.prefixed_, such as d_prefix.tests.prefixed_a")
assert reasons["i_entry/tests/entry.py"] == "i_entry-1.dist-info/entry_points.txt names i_entry.tests.entry"
assert reasons["h_stub/tests/stub.py"] == "h_stub/__init__.pyi imports h_stub.tests.stub"
