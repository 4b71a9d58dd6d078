#!/usr/bin/env python3
"""--bytecode keep, compile and fit: what Python then loads, whatever the dates; and the same bytes from any folder."""
import importlib.util
import marshal
import os
import py_compile
import shutil
import sys

import slimtest

TAG = sys.implementation.cache_tag
RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"


def loads(folder, code: str) -> str:
    return slimtest.python_in(folder, code).stdout.strip()


def pyc(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, "__pycache__", f"{name[:-3]}.{TAG}.pyc")


def make_package(folder):
    (folder / "lib").mkdir(parents=True)
    (folder / "app.py").write_text("import lib.used\n")
    (folder / "lib/__init__.py").write_text("")
    for name in ("used", "unused", "stale", "edited", "checked"):
        (folder / f"lib/{name}.py").write_text(f"value = '{name}'\n")
    (folder / "lib/python2.py").write_text("print 'two'\n")
    for name in ("used", "stale", "edited", "unused"):
        py_compile.compile(str(folder / f"lib/{name}.py"))
    py_compile.compile(str(folder / "lib/checked.py"), invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    py_compile.compile(str(folder / "lib/used.py"), optimize=2)
    shutil.copy(folder / pyc("lib/used.py"), folder / "lib/__pycache__/used.cpython-39.pyc")
    # Touched later: nothing proves that the bytecode is of this source.
    os.utime(folder / "lib/stale.py", (1_700_000_000, 1_700_000_000))
    (folder / "lib/edited.py").write_text("value = 'something else'\n")
    return folder


with slimtest.workdir() as work:
    package = make_package(work / "in")
    arguments = ["--runtime", RUNTIME]

    # keep: the fresh ones alone, with a header that no date makes stale.
    slimtest.slim(package, "-o", work / "keep.zip", "--bytecode", "keep", *arguments)
    kept = slimtest.read_zip(work / "keep.zip")
    assert sorted(n for n in kept if n.endswith(".pyc")) == sorted(pyc(f"lib/{n}.py") for n in ("used", "unused", "checked")), sorted(kept)
    for name in ("used", "checked"):
        data = kept[pyc(f"lib/{name}.py")]
        assert data[4:8] == b"\1\0\0\0" and data[8:16] == importlib.util.source_hash(kept[f"lib/{name}.py"]), name
    slimtest.slim(work / "keep.zip", "-o", work / "keep2.zip", "--bytecode", "keep", *arguments)
    assert slimtest.sha256(work / "keep.zip") == slimtest.sha256(work / "keep2.zip")

    # compile: all that compiles, and Python takes it rather than the source.
    slimtest.slim(package, "-o", work / "compile.zip", "--bytecode", "compile", *arguments)
    compiled = slimtest.read_zip(work / "compile.zip")
    assert pyc("app.py") in compiled and pyc("lib/edited.py") in compiled and pyc("lib/python2.py") not in compiled
    code = marshal.loads(compiled[pyc("lib/used.py")][16:])
    assert code.co_filename == "/var/task/lib/used.py", code.co_filename
    out = slimtest.unzip(work / "compile.zip", work / "out")
    (out / "lib/used.py").write_text("value = 'the source was read'\n")
    assert loads(out, "import lib.used; print(lib.used.value)") == "used"

    # The same bytes from another folder, made at another time, on one thread, and from its own output.
    other = make_package(work / "elsewhere/deeper")
    slimtest.slim(other, "-o", work / "other.zip", "--bytecode", "compile", "-j", 1, *arguments,
                  env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"})
    assert slimtest.sha256(work / "compile.zip") == slimtest.sha256(work / "other.zip")
    slimtest.slim(work / "compile.zip", "-o", work / "again.zip", "--bytecode", "compile", *arguments)
    assert slimtest.sha256(work / "compile.zip") == slimtest.sha256(work / "again.zip")

    # fit: what the handler imports comes first, and the size holds.
    size = sum(len(data) for data in slimtest.read_zip(slimtest.slim(package, "-o", work / "drop.zip", *arguments) and work / "drop.zip").values())
    room = sum(len(compiled[pyc(n)]) for n in ("app.py", "lib/__init__.py", "lib/used.py"))
    result = slimtest.report(package, "-o", work / "fit.zip", "--bytecode", "fit", "--bytecode-budget", str(size + room), *arguments)
    assert sorted(a["path"] for a in result["additions"]) == sorted(pyc(n) for n in ("app.py", "lib/__init__.py", "lib/used.py")), result["additions"]
    assert result["totals"]["unpacked_after"] <= size + room
    note = next(f["message"] for f in result["findings"] if f["id"] == "compiled-at-start")
    assert note.startswith("5 of 8 modules"), note

    # Errors are one sentence: no such Python, no such mode, no known version.
    error = slimtest.slim(package, "-o", work / "x.zip", "--bytecode", "compile", "--runtime", "python3.9", code=2,
                          env={"PATH": str(work / "nowhere")}).stderr
    assert "no Python 3.9 is on PATH" in error, error
    assert "no mode" in slimtest.slim(package, "-o", work / "x.zip", "--bytecode", "some", code=2).stderr
    plain = slimtest.write_zip(work / "plain.zip", {"app.py": "x = 1\n"})
    assert "say --runtime" in slimtest.slim(plain, "-o", work / "x.zip", "--bytecode", "compile", code=2).stderr
