#!/usr/bin/env python3
"""Compiled modules and bytecode without its source keep the modules in tests folders that they import."""
import py_compile
import subprocess

import slimtest

# The stable ABI's own layout, so that Python's headers need not be there.
C = r"""
#include <stddef.h>
extern void* PyImport_ImportModule(const char*);
extern void* PyImport_ImportModuleLevel(const char*, void*, void*, void*, int);
extern void* PyUnicode_FromString(const char*);
extern void* Py_BuildValue(const char*, ...);
extern void* PyModule_Create2(void*, int);
static struct {
  ptrdiff_t references; void* type; void* init; ptrdiff_t index; void* copy;
  const char* name; const char* doc; ptrdiff_t size; void* others[5];
} definition = {1, NULL, NULL, 0, NULL, "m", NULL, -1, {NULL}};
void* PyInit_m(void) {
  %s
  return found == NULL ? NULL : PyModule_Create2(&definition, 3);
}
"""
ABSOLUTE = 'void* found = PyImport_ImportModule("whole.tests.h");'
RELATIVE = '''void* names = Py_BuildValue("(s)", "h");
  void* globals = Py_BuildValue("{s:s,s:s}", "__package__", "near", "__name__", "near.m");
  void* found = PyImport_ImportModuleLevel("tests", globals, NULL, names, 1);'''


def extension(folder, code: str) -> bytes:
    (folder / "m.c").write_text(C % code)
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", folder / "m.so", folder / "m.c"], check=True)
    return (folder / "m.so").read_bytes()


def bytecode(folder, name: str, source: str) -> bytes:
    (folder / f"{name}.py").write_text(source)
    py_compile.compile(str(folder / f"{name}.py"), cfile=str(folder / f"{name}.pyc"))
    return (folder / f"{name}.pyc").read_bytes()


def package(name: str) -> dict:
    return {f"{name}/__init__.py": "", f"{name}/tests/__init__.py": "", f"{name}/tests/h.py": "x = 1\n", f"{name}/tests/test_h.py": ""}


with slimtest.workdir() as work:
    files = {name: content for folder in ("whole", "near", "pyc_whole", "pyc_near", "nobody") for name, content in package(folder).items()}
    files |= {
        "whole/m.so": extension(work, ABSOLUTE), "near/m.so": extension(work, RELATIVE),
        "pyc_whole/m.pyc": bytecode(work, "a", "import pyc_whole.tests.h\n"),
        "pyc_near/m.pyc": bytecode(work, "b", "from .tests import h\n"),
        "nobody/m.so": extension(work, 'void* found = PyUnicode_FromString("whose tests are these");'),
    }
    slimtest.slim(slimtest.write_zip(work / "in.zip", files), "-o", work / "out.zip")
    after = slimtest.unzip(work / "out.zip", work / "after")
    for name in ("whole", "near", "pyc_whole", "pyc_near", "nobody"):
        done = slimtest.python_in(after, f"import {name}.m")
        assert done.returncode == 0, (name, done.stderr)
    assert not (after / "nobody/tests").exists()
