#!/usr/bin/env python3
"""--write-start-list and --start-list: the same bytes without running the code; names that match nothing are told; and
--bytecode fit takes what a start loads first."""
import os
import sys

import slimtest

TAG = sys.implementation.cache_tag
VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
LARGE = "".join(f"def f{i}(): return {i}\n" for i in range(200))
FILES = {
    # x.py beside a package x is no module, and a.b.py is loaded by its path only.
    "app.py": "import x.y, importlib, os, sys\nfrom importlib import util\nopen(MARK, 'w').close()\n"
              "spec = util.spec_from_file_location('odd', os.path.join(os.path.dirname(__file__), 'a.b.py'))\n"
              "spec.loader.exec_module(util.module_from_spec(spec))\nimportlib.import_module('z' + 'ebra')\n"
              "def handler(event, context):\n    pass\n",
    "a.b.py": "", "a/__init__.py": "", "a/b.py": "", "x.py": "", "x.y.py": "", "x/__init__.py": "", "x/y.py": "", "early.py": "", "zebra.py": LARGE,
}
LIST = ["./a.b.py", "app", "x", "x.y", "zebra"]


def pyc(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, "__pycache__", f"{name[:-3]}.{TAG}.pyc")


with slimtest.workdir() as work:
    mark = work / "mark"
    package = slimtest.write_zip(work / "in.zip", {**FILES, "app.py": FILES["app.py"].replace("MARK", repr(str(mark)))})
    init = ["--bytecode", "init", "--runtime", VERSION]
    slimtest.slim(package, "-o", work / "run.zip", *init, "--write-start-list", work / "start.txt")
    lines = (work / "start.txt").read_text().splitlines()
    assert lines[0].startswith("#") and lines[1:] == LIST, lines
    assert mark.exists()
    mark.unlink()

    # The list instead of a load: the same bytes, and nothing runs. Order, comments, blanks and repetition mean nothing.
    (work / "mine.txt").write_text("# ours\r\n\n zebra \napp # the handler\nx.y\nx\n./a.b.py\nx\n")
    for name in ("start.txt", "mine.txt"):
        result = slimtest.report(package, "-o", work / "list.zip", *init, "--start-list", work / name, "--write-start-list", work / "again.txt")
        assert slimtest.sha256(work / "list.zip") == slimtest.sha256(work / "run.zip"), name
        assert result["start"]["found_by"] == "list" and (work / "again.txt").read_text() == (work / "start.txt").read_text()
    # So does a slim.toml, which names a file of its own folder only.
    (work / "slim.toml").write_text(f'bytecode = "init"\nruntime = "{VERSION}"\nstart-list = "start.txt"\n')
    slimtest.slim(package, "-o", work / "list.zip")
    assert slimtest.sha256(work / "list.zip") == slimtest.sha256(work / "run.zip")
    (work / "slim.toml").write_text('bytecode = "init"\nstart-list = "/etc/passwd"\n')
    assert "leaves the folder" in slimtest.slim(package, "-n", code=2).stderr
    (work / "slim.toml").unlink()
    assert not mark.exists(), "the package's code was run"

    # A name that is nothing's is told, with what was probably meant; a list of nothing else defeats what was asked for.
    (work / "typo.txt").write_text("app\nzebr\njson.decoder\n")
    result = slimtest.report(package, "-n", *init, "--start-list", work / "typo.txt")
    warning = next(f for f in result["findings"] if f["id"] == "start-list")
    assert warning["severity"] == "warning" and "zebr (line 2), json.decoder (line 3)" in warning["message"], warning
    assert "did you mean 'zebra'?" in warning["message"], warning
    for text, why in (("nothing\n", "is called"), ("", "names no module"), ("app x\n", "line 1: 'app x' is no module's name")):
        (work / "bad.txt").write_text(text)
        error = slimtest.slim(package, "-n", *init, "--start-list", work / "bad.txt", code=2).stderr
        assert why in error and "bad.txt" in error, (text, error)
    assert "gone.txt" in slimtest.slim(package, "-n", *init, "--start-list", work / "gone.txt", code=2).stderr
    error = slimtest.slim(package, "-n", *init, "--start-list", work / "start.txt", "--json", work / "start.txt", code=2).stderr
    assert "is also something that this run reads" in error, error

    # compile: a file whose dots look like folders takes no other's turn, nor does a module beside a package of its name.
    slimtest.slim(package, "-o", work / "compile.zip", "--bytecode", "compile", "--runtime", VERSION)
    compiled = slimtest.read_zip(work / "compile.zip")
    assert sorted(n for n in compiled if n.endswith(".pyc")) == sorted(pyc(n) for n in FILES), sorted(compiled)

    # fit: a start's modules first, though "early" comes before "zebra" and would fit beside the rest.
    slimtest.slim(package, "-o", work / "drop.zip", "--runtime", VERSION)
    size = sum(map(len, slimtest.read_zip(work / "drop.zip").values()))
    starts = ["a.b.py", "app.py", "x/__init__.py", "x/y.py", "zebra.py"]
    room = sum(len(compiled[pyc(name)]) for name in starts)
    result = slimtest.report(package, "-o", work / "fit.zip", "--bytecode", "fit", "--bytecode-budget", str(size + room), "--runtime", VERSION)
    assert sorted(a["path"] for a in result["additions"]) == sorted(map(pyc, starts)), result["additions"]
