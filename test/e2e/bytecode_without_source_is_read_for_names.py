#!/usr/bin/env python3
"""Bytecode in a source's place names files as its source did: headers and Cython files that it opens, headers of others
that it compiles with, and RECORD where it asks for files() stay, in a package that ships bytecode as in one that slim made so."""
import subprocess
import sys

import slimtest

FILES = {
    "app.py": "import aa, bb\n",
    "aa/__init__.py": "import importlib.metadata\nfrom . import generator\n\n\ndef names():\n    return [str(f) for f in importlib.metadata.distribution('bb').files]\n",
    # Loaders know where a module is: the name of its source is not asked for.
    "aa/generator.py": "import os\n\nHERE = os.path.dirname(__spec__.origin)\n\n\ndef text():\n"
                       "    return open(os.path.join(HERE, 't.h')).read(), [n for n in os.listdir(HERE) if n.endswith('.pxi')]\n\n\n"
                       "def build(sources, folders):\n    from setuptools import Extension\n    return Extension('x', sources, include_dirs=folders)\n",
    "aa/t.h": "int t;\n", "aa/q.pxi": "# q\n", "aa/left.cpp": "int left;\n",
    "aa-1.dist-info/METADATA": "Name: aa\nVersion: 1\n", "aa-1.dist-info/RECORD": "aa/__init__.py,,\naa/generator.py,,\n",
    "bb/__init__.py": "", "bb-1.dist-info/METADATA": "Name: bb\nVersion: 1\n", "bb-1.dist-info/RECORD": "bb/__init__.py,,\nbb/b.h,,\n",
    "bb/b.h": "int b;\n",
}
SOURCELESS = ["--bytecode", "sourceless", "--runtime", f"python{sys.version_info[0]}.{sys.version_info[1]}", "--python", sys.executable]
ASK = "import aa; print(aa.names(), aa.generator.text())"

with slimtest.workdir() as work:
    # A library that loads, so that the rule for sources of compiled packages speaks of these.
    library = work / "x.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", library], input="int x;", text=True, check=True)
    package = slimtest.write_zip(work / "in.zip", {**FILES, "aa/x.so": library.read_bytes(), "bb/x.so": library.read_bytes()})
    before = slimtest.python_in(slimtest.unzip(package, work / "before"), ASK)
    assert before.returncode == 0, before.stderr
    slimtest.slim(package, "-o", work / "sourceless.zip", *SOURCELESS)
    names = set(slimtest.read_zip(work / "sourceless.zip"))
    assert {"aa/generator.pyc", "aa/t.h", "aa/q.pxi", "bb/b.h", "bb-1.dist-info/RECORD"} <= names, names
    assert "aa/generator.py" not in names and "aa/left.cpp" not in names, names
    # By default and again: what has no sources any more names the same.
    for name, flags in {"default": [], "again": SOURCELESS}.items():
        slimtest.slim(work / "sourceless.zip", "-o", work / f"{name}.zip", *flags)
        left = set(slimtest.read_zip(work / f"{name}.zip"))
        wanted = {path for path in names if "__pycache__" not in path}
        assert wanted <= left, (name, wanted - left)
        after = slimtest.python_in(slimtest.unzip(work / f"{name}.zip", work / name), ASK)
        assert after.stdout == before.stdout, (name, before.stdout, after.stdout, after.stderr)
    assert slimtest.sha256(work / "again.zip") == slimtest.sha256(work / "sourceless.zip")
