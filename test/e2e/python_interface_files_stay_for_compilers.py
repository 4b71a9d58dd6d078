#!/usr/bin/env python3
"""Headers, Cython files and stubs stay where something among the kept code may compile with them or read them."""
import slimtest

ELF = b"\x7fELF" + b"\0" * 60
PLAIN = {"lib/__init__.py": "", "lib/core.so": ELF, "lib/core.pyx": "cdef int x\n", "lib/core.pxd": "cdef int x\n", "lib/part.pxi": "#\n", "lib/core.h": "int x;\n",
         "lib/core.c": "int x;\n", "lib/core.pyi": "x: int\n"}
NONE, CYTHON, HEADER = set(), {"core.pxd", "part.pxi"}, {"core.h"}
# What else is in the package -> what of lib stays.
WAYS = {
    "nothing": ({}, NONE),
    "cython": ({"Cython/__init__.py": ""}, CYTHON | HEADER | {"core.pyx"}),
    "pyximport": ({"pyximport/__init__.py": ""}, CYTHON | HEADER | {"core.pyx"}),
    "pythran": ({"pythran/__init__.py": ""}, HEADER),
    "mypy": ({"mypy/__init__.py": ""}, {"core.pyi"}),
    "jedi": ({"jedi/__init__.py": ""}, {"core.pyi"}),
    # Another layer may hold the compiler.
    "imports_cython": ({"app.py": "def f():\n    from Cython.Build import cythonize\n"}, CYTHON | HEADER),
    "cimport": ({"app.py": "CODE = '''\nfrom lib.core cimport x\n'''\n"}, CYTHON | HEADER),
    "cimport_in_template": ({"gen/__init__.py": "", "gen/code.pyx.j2": "cimport lib.core as c\n"}, CYTHON | HEADER),
    "cimport_of_another": ({"app.py": "CODE = 'cimport other'\n"}, NONE),
    "suffix": ({"tool/__init__.py": "", "tool/find.py": "for p in paths:\n    if p.endswith('.pxd'): read(p)\n"}, CYTHON),
    "pattern": ({"app.py": "from pathlib import Path\nFILES = list(Path(root).rglob('*.pxd'))\n"}, CYTHON),
    "name": ({"tool/__init__.py": "INPUT = 'core.c'\n"}, {"core.c"}),
    "cffi_alone": ({"cffi/__init__.py": "", "cffi/api.py": "import cffi\ndef set_source(self): self.set_source('x')\n"}, NONE),
    "cffi_called": ({"cffi/__init__.py": "", "app.py": "import cffi\nffi = cffi.FFI()\nffi.set_source('_x', '#include <core.h>')\n"}, HEADER),
    "cffi_for_data": ({"app.py": "import cffi\nffi = cffi.FFI()\nffi.dlopen('x')\n"}, NONE),
    "distutils": ({"app.py": "from setuptools._distutils.ccompiler import new_compiler\nnew_compiler('x')\n"}, HEADER),
    "setuptools_alone": ({"setuptools/__init__.py": "", "setuptools/x.py": "from distutils.command import build_ext\n"}, NONE),
    "setup_script": ({"tool/__init__.py": "", "tool/setup.py": "from setuptools import Extension\nExtension('x')\n"}, NONE),
    "torch_extension": ({"app.py": "from torch.utils import cpp_extension\ncpp_extension.load('x')\n"}, HEADER),
    "get_include": ({"app.py": "import lib\nargs = ['-I', lib.get_include()]\n"}, HEADER),
    "gcc": ({"app.py": "import subprocess\nsubprocess.run(['gcc', '-I', x])\n"}, HEADER),
    # Tables of lexers name what no code reads.
    "lexers": ({"rich/__init__.py": "LEXERS = {'.py': 'python', '.pxd': 'cython'}\n"}, NONE),
}
with slimtest.workdir() as work:
    wrong = {}
    for name, (more, want) in WAYS.items():
        plan = slimtest.actions(slimtest.report(slimtest.write_zip(work / f"{name}.zip", {**PLAIN, **more, "lib-1.dist-info/METADATA": "Name: lib\nVersion: 1\n"})))
        stays = {path.removeprefix("lib/") for path in PLAIN if path[4:] not in ("__init__.py", "core.so") and plan[path][0] != "drop"}
        if stays != want - ({"core.pyi"} if "core.pyi" not in want else set()):
            wrong[name] = sorted(stays)
    assert not wrong, wrong
    held = slimtest.report(work / "cython.zip")
    reasons = {file["path"]: [hold["reason"] for hold in file.get("holds", [])] for file in held["files"]}
    assert reasons["lib/core.pxd"] == ["Cython is there, which reads such files of every package"], reasons["lib/core.pxd"]
