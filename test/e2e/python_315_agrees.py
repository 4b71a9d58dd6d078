#!/usr/bin/env python3
# labels: registry
# timeout: 600
"""A real Python 3.15 (Pyodide's, under Node) says the same of its bytecode, suffixes, modules, .start files and lazy imports."""
import json
import os
import shutil
import subprocess
import tomllib

import slimtest

VERSION = "315.0.0-alpha.2"  # Python 3.15.0rc1
PROGRAM = """
import { loadPyodide } from "pyodide";
import fs from "node:fs";
const python = await loadPyodide();
python.FS.mkdirTree("/work");
const put = (from, to) => { for (const name of fs.readdirSync(from)) {
  const path = from + "/" + name;
  if (fs.statSync(path).isDirectory()) { python.FS.mkdirTree(to + "/" + name); put(path, to + "/" + name); }
  else python.FS.writeFile(to + "/" + name, fs.readFileSync(path)); } };
put(process.argv[2], "/work");
try { console.log(python.runPython(fs.readFileSync(0, "utf8"))); }
catch (error) { console.error(String(error.message).slice(-3000)); process.exit(1); }
"""
ABOUT = """
import importlib.util, json, sys, _imp
json.dumps({"magic": int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little"), "tag": sys.implementation.cache_tag,
            "suffixes": _imp.extension_suffixes(), "modules": sorted(sys.stdlib_module_names),
            "hash": importlib.util.source_hash(b"x = 1\\n").hex()})
"""
LAZY = ["lazy import a.b\n", "lazy import a as b, c.d\n", "x = 1; lazy from a import b\n", "if x:\n  lazy from . import (b, c as d)\n",
        "lazy \\\n import a\n", "lazy = 1\nlazy.x\n", "lazy: int = 1\n"]
# Names that hide nothing: of other systems, games, what IDLE is made of.
LEFT_OUT = {"antigravity", "idlelib", "msvcrt", "nt", "ntpath", "nturl2path", "this", "turtle", "turtledemo", "winreg", "winsound"}


def node_folder():
    if not shutil.which("npm") or not shutil.which("node"):
        slimtest.skip("npm is not installed")
    folder = slimtest.CORPUS / f"pyodide-{VERSION}"
    if not (folder / "node_modules/pyodide/pyodide.mjs").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}")
        done = subprocess.run(["npm", "install", "--no-fund", "--no-audit", f"pyodide@{VERSION}"], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            print(done.stderr, flush=True)
            slimtest.skip(f"npm could not install pyodide: {done.stderr.strip().splitlines()[-1:]}")
    (folder / "run.mjs").write_text(PROGRAM)
    return folder


NODE = node_folder()


def run(code: str, files) -> str:
    done = subprocess.run(["node", "run.mjs", files], input=code, cwd=NODE, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


with slimtest.workdir() as work:
    (work / "none").mkdir()
    about = json.loads(run(ABOUT, work / "none"))
    assert about["tag"] == "cpython-315" and ".abi3t.so" in about["suffixes"], about

    table = tomllib.loads((slimtest.SOURCE / "rules/runtimes.toml").read_text())["python"]
    minor = lambda module, key, default: int(module.get(key, default).split(".")[1])
    known = set(table["standard_library"]) | {
        module["name"] for module in table["module"] if minor(module, "since", "3.0") <= 15 <= minor(module, "until", "3.99")}
    own = {name for name in about["modules"] if not name.startswith("_")} - LEFT_OUT
    assert known == own, (known - own, own - known)

    # Bytecode by hash, as this Python makes it, is of its source for slim too.
    cached = "__pycache__/app.cpython-315.pyc"
    pyc = about["magic"].to_bytes(2, "little") + b"\r\n\3\0\0\0" + bytes.fromhex(about["hash"]) + b"code"
    package = slimtest.write_zip(work / "in.zip", {"app.py": "x = 1\n", cached: pyc})
    assert slimtest.actions(slimtest.report(package, "--bytecode", "keep", "--runtime", "python3.15"))[cached][0] == "hash-bytecode"

    # What ast sees of lazy imports, the scanner does.
    for number, source in enumerate(LAZY):
        (work / f"lazy{number}.py").write_text(source)
    support = (slimtest.SOURCE / "test/support/ast_imports.py").read_text().split("for line in sys.stdin.buffer")[0]
    (work / "lazy").mkdir()
    for number in range(len(LAZY)):
        shutil.copy(work / f"lazy{number}.py", work / "lazy")
    code = support + f"\njson.dumps([imports_of(f'/work/lazy{{i}}.py') for i in range({len(LAZY)})])\n"
    expected = json.loads(run(code, work / "lazy"))
    assert None not in expected and sum(map(len, expected)) == 7, expected
    names = "".join(f"{work}/lazy{number}.py\n" for number in range(len(LAZY)))
    lines = subprocess.run([os.environ["SCAN_DUMP"]], input=names, capture_output=True, text=True, check=True).stdout.splitlines()
    for source, want, got in zip(LAZY, expected, map(json.loads, lines)):
        assert got["imports"] == want and not got["damaged"], (source, want, got)

    # A .start file calls into a tests folder, and lazy imports reach others: all do so after slimming, too.
    files = {"p/__init__.py": "", "p/tests/__init__.py": "", "p/tests/boot.py": "import builtins\ndef go(): builtins.started = 'yes'\n",
             "p/tests/unused.py": "", "p/tests/test_a.py": "", "p/tests/test_b.py": "", "q/__init__.py": "", "q/tests/__init__.py": "", "q/tests/helper.py": "x = 'helped'\n", "p.start": "p.tests.boot:go\n",
             "app.py": "lazy import q.tests.helper\nlazy from q.tests import helper\ndef answer(): return q.tests.helper.x + helper.x\n"}
    ask = "import site, builtins\nsite.addsitedir('/work')\nimport app\nbuiltins.started + app.answer()\n"
    before = slimtest.write_zip(work / "app.zip", files)
    slimtest.slim(before, "-o", work / "slim.zip")
    assert "p/tests/unused.py" not in slimtest.read_zip(work / "slim.zip")
    for name in ("app", "slim"):
        assert run(ask, slimtest.unzip(work / f"{name}.zip", work / name)) == "yeshelpedhelped", name
