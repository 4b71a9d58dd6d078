#!/usr/bin/env python3
"""An editable install leads out of the package, whoever made it: told with the path; what leads to a place inside is fine."""
import json

import slimtest
from check_support import RUNTIME, check, findings, message

FINDER = "import sys\nMAPPING: dict[str, str] = {'mypkg': '%s'}\nNAMESPACES: dict[str, list[str]] = {}\ndef install(): ...\n"
INFO = {"mypkg-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: mypkg\nVersion: 1.0\n"}
SOURCES = "/home/dev/mypkg/src"
URL = json.dumps({"url": "file:///home/dev/mypkg", "dir_info": {"editable": True}})

with slimtest.workdir() as work:
    def found(files: dict, *more, code: int = 0) -> list:
        package = slimtest.write_zip(work / "in.zip", {"app.py": "", **INFO, **files})
        result = check(package, *more, *RUNTIME, code=code)
        if code:
            assert "/home/dev" in message(result, "editable-install") or "C:\\" in message(result, "editable-install") or ".." in message(
                result, "editable-install"), result["findings"]
            assert "install without -e" in message(result, "editable-install")
        return findings(result)

    finder = {"__editable__.mypkg-1.0.pth": "import __editable___mypkg_1_0_finder; __editable___mypkg_1_0_finder.install()"}
    for name, files, where in (
        ("setuptools' path", {"__editable__.mypkg-1.0.pth": SOURCES + "\n"}, "__editable__.mypkg-1.0.pth"),
        ("setuptools' finder", {**finder, "__editable___mypkg_1_0_finder.py": FINDER % (SOURCES + "/mypkg")}, "__editable___mypkg_1_0_finder.py"),
        ("uv, hatch, pdm", {"_editable_impl_mypkg.pth": SOURCES}, "_editable_impl_mypkg.pth"),
        ("poetry", {"mypkg.pth": SOURCES + "\r\n"}, "mypkg.pth"),
        ("a relative path", {"mypkg.pth": "../mypkg/src\n"}, "mypkg.pth"),
        ("Windows", {"mypkg.pth": "C:\\Users\\dev\\mypkg\n"}, "mypkg.pth"),
        ("editables", {"mypkg.pth": "import _editable_impl_mypkg\n", "_editable_impl_mypkg.py":
                       f"from editables.redirector import RedirectingFinder as F\nF.install()\nF.map_module('mypkg', '{SOURCES}/mypkg/__init__.py')\n"},
         "_editable_impl_mypkg.py"),
        ("editables by another name", {"_mypkg.pth": "import _mypkg\n", "_mypkg.py":
                                       f"from editables.redirector import RedirectingFinder as F\nF.map_module('mypkg', '{SOURCES}/mypkg.py')\n"},
         "_mypkg.py"),
        ("a statement", {"mypkg.pth": f"import sys; sys.path.insert(0, '{SOURCES}')\n"}, "mypkg.pth"),
        ("a site folder", {"mypkg.pth": f"import site; site.addsitedir('{SOURCES}')\n"}, "mypkg.pth"),
        ("meson-python", {"mypkg-editable.pth": "import _mypkg_editable_loader\n", "_mypkg_editable_loader.py":
                          f"def install(names, path): ...\ninstall(\n    {{'mypkg'}},\n    '{SOURCES}/build',\n)\n"}, "_mypkg_editable_loader.py"),
        ("egg-link", {"mypkg.egg-link": SOURCES + "\n."}, "mypkg.egg-link"),
        ("easy-install and egg-link", {"easy-install.pth": SOURCES + "\n", "mypkg.egg-link": SOURCES + "\n."}, "easy-install.pth"),
        ("direct_url.json alone", {"mypkg-1.0.dist-info/direct_url.json": URL}, "mypkg-1.0.dist-info/direct_url.json"),
        ("two signs of one", {"mypkg-1.0.dist-info/direct_url.json": URL, "mypkg.pth": SOURCES}, "mypkg.pth"),
    ):
        assert found(files, code=1) == [("error", "editable-install", where)], name

    # What leads to a place that is there, to none that matters, or lies where no .pth file is read.
    for files in (
        {"inside.pth": "/var/task/vendor\n", "vendor/mypkg/__init__.py": ""},
        {"inside.pth": "vendor\n", "vendor/mypkg/__init__.py": ""},
        {"inside.pth": "# /home/dev\n\nimport os; print('/home/dev')\n"},
        {**finder, "__editable___mypkg_1_0_finder.py": FINDER % "/var/task/src/mypkg", "src/mypkg/__init__.py": ""},
        {"mypkg-1.0.dist-info/direct_url.json": URL, "mypkg/__init__.py": ""},
        {"mypkg-1.0.dist-info/direct_url.json": json.dumps({"url": "file:///home/dev/mypkg", "dir_info": {}})},
        {"data/x.pth": SOURCES},
    ):
        assert found(files) == [], files
    layer = slimtest.write_zip(work / "layer.zip", {"python/mypkg/__init__.py": ""})
    assert found({"inside.pth": "/opt/python\n"}, layer) == []
    # A layer that nobody has named may bring the folder, and a function's file system is mounted under /mnt.
    assert found({"layer.pth": "/opt/python\n"}) == [("warning", "editable-install", "layer.pth")]
    assert found({"efs.pth": "/mnt/efs/packages\n"}) == []

    # npm's kind: a link to a workspace that stays at home.
    link = {"node_modules/@acme/lib": (0o120777, "../../../packages/lib"), "index.js": "exports.handler = 1"}
    result = check(slimtest.write_zip(work / "npm.zip", link), "--runtime", "nodejs22.x", code=1)
    assert findings(result) == [("error", "editable-install", "node_modules/@acme/lib")]
    link = {"node_modules/@acme/lib": (0o120777, "../../packages/lib"), "packages/lib/index.js": "", "index.js": ""}
    assert findings(check(slimtest.write_zip(work / "npm.zip", link), "--runtime", "nodejs22.x")) == []
