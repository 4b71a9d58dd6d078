#!/usr/bin/env python3
"""--bytecode sourceless of its own output changes nothing: bytecode says more of some names than its source did (docstrings), less
of others (patterns), and neither takes a source away that the first run left."""
import sys

import slimtest

SOURCELESS = ["--bytecode", "sourceless", "--runtime", f"python{sys.version_info[0]}.{sys.version_info[1]}", "--python", sys.executable]


def distribution(name: str, files: dict) -> dict:
    return {**files, f"{name}-1.dist-info/METADATA": f"Name: {name}\nVersion: 1\n"}


PACKAGES = {
    # One module of several that nobody imports by name, and a docstring of another names it.
    "one of its own": distribution("pp", {
        "pp/__init__.py": "from . import builder, more, other\n", "pp/builder.py": '"""For pp.plugin and such."""\n',
        "pp/more.py": "M = 1\n", "pp/other.py": "O = 1\n", "pp/plugin.py": "P = 1\n"}),
    # The same of another distribution, all of which stays.
    "one of another's": {**distribution("pp", {"pp/__init__.py": '"""For qq.plugin."""\nimport qq\n'}),
                         **distribution("qq", {"qq/__init__.py": "", "qq/plugin.py": "P = 1\n"})},
    # Named by a pattern.
    "by a pattern": {**distribution("pp", {"pp/__init__.py": "import re, qqconf\nPATTERN = re.compile(r'qqconf\\.py')\n"}),
                     **distribution("qq", {"qqconf.py": "C = 1\n"})},
}
STAYS = {"one of its own": "pp/plugin.py", "one of another's": "qq/plugin.py", "by a pattern": "qqconf.py"}

for name, files in PACKAGES.items():
    with slimtest.workdir() as work:
        package = slimtest.write_zip(work / "in.zip", {"app.py": "import pp\n", **files})
        slimtest.slim(package, "-o", work / "once.zip", *SOURCELESS)
        once = slimtest.read_zip(work / "once.zip")
        assert STAYS[name] in once and "pp/__init__.pyc" in once, (name, sorted(once))
        slimtest.slim(work / "once.zip", "-o", work / "twice.zip", *SOURCELESS)
        twice = slimtest.read_zip(work / "twice.zip")
        assert once == twice, (name, sorted(set(once) ^ set(twice)))
