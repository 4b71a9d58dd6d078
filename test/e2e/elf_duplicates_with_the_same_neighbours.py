#!/usr/bin/env python3
"""A library that looks beside itself becomes a link to its like in another folder once each library that it needs is one file
beside either; else it stays."""
import os
import pathlib
import shutil
import subprocess
import sys

import slimtest

INNER = "static int calls; int inner(void) { return ++calls; }\n"
OUTER = "int inner(void); int outer(void) { return 100 + inner(); }\n"


def library(path: pathlib.Path, text: str, *options) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    command = ["gcc", "-O1", "-shared", "-fPIC", f"-Wl,-soname,{path.name}", "-x", "c", "-", "-x", "none", *options, "-o", path]
    subprocess.run(list(map(str, command)), input=text, text=True, check=True)


def links_of(folder) -> dict:
    return {str(path.relative_to(folder)): os.readlink(path) for path in sorted(folder.rglob("*")) if path.is_symlink()}


with slimtest.workdir() as work:
    package = work / "in"
    library(package / "a.libs/libinner.so.1", INNER)
    library(package / "a.libs/libouter.so.1", OUTER, package / "a.libs/libinner.so.1", "-Wl,-rpath,$ORIGIN")
    library(package / "a.libs/libabove.so.1", OUTER.replace("outer", "above"), package / "a.libs/libouter.so.1",
            package / "a.libs/libinner.so.1", "-Wl,-rpath,$ORIGIN", f"-Wl,-rpath-link,{package}/a.libs", "-Wl,--no-as-needed")
    library(package / "a.libs/libwider.so.1", OUTER.replace("outer", "wider"), package / "a.libs/libinner.so.1",
            "-Wl,-rpath,$ORIGIN/../a.libs")
    shutil.copytree(package / "a.libs", package / "b.libs")
    # Another library of that name; none of that name.
    for name in ("c.libs", "d.libs"):
        (package / name).mkdir()
        shutil.copy(package / "a.libs/libouter.so.1", package / name)
    library(package / "c.libs/libinner.so.1", INNER.replace("++calls", "40"))

    # What it needs is the same, and what that needs in turn, and would look for by the same DT_RPATH, is not.
    for name, value in (("e.libs", 1), ("f.libs", 2)):
        library(package / name / "libdeep.so.1", f"int deep(void) {{ return {value}; }}")
    library(package / "e.libs/libmiddle.so.1", "int deep(void); int middle(void) { return deep(); }", package / "e.libs/libdeep.so.1")
    library(package / "e.libs/libtop.so.1", "int middle(void); int top(void) { return middle(); }", package / "e.libs/libmiddle.so.1",
            "-Wl,--disable-new-dtags,-rpath,$ORIGIN", f"-Wl,-rpath-link,{package}/e.libs")
    for name in ("libmiddle.so.1", "libtop.so.1"):
        shutil.copy(package / "e.libs" / name, package / "f.libs" / name)

    slimtest.slim(package, "-o", f"{work}/out/")
    links = links_of(work / "out")
    assert links == {f"b.libs/lib{name}.so.1": f"../a.libs/lib{name}.so.1" for name in ("above", "inner", "outer")} | {"f.libs/libmiddle.so.1": "../e.libs/libmiddle.so.1"}, links
    program = "import ctypes, sys; print(*(ctypes.CDLL(f'{sys.argv[1]}/{f}').outer() for f in sys.argv[2:]))"
    libraries = ["a.libs/libouter.so.1", "b.libs/libouter.so.1"]
    for folder in (package, work / "out"):
        for order in (libraries, libraries[::-1], ["c.libs/libouter.so.1"]):
            ran = subprocess.run([sys.executable, "-c", program, folder, *order], capture_output=True, text=True)
            # By its SONAME libinner is one library in a process, be it one file or two.
            assert ran.stdout.split() == (["101", "102"] if len(order) == 2 else ["140"]), (folder, order, ran.stdout, ran.stderr)

    # Where what it needs is held, it stays, too.
    slimtest.slim(package, "-o", f"{work}/kept/", "--keep", "b.libs/libinner.so.1")
    assert set(links_of(work / "kept")) == {"f.libs/libmiddle.so.1"}, links_of(work / "kept")
    slimtest.slim(f"{work}/out", "-o", f"{work}/again/")
    assert links_of(work / "again") == links
