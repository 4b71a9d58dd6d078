#!/usr/bin/env python3
"""--bytecode init: bytecode for the modules that loading the handler loads, and for no other; the same bytes in every run."""
import os
import sys

import slimtest

TAG = sys.implementation.cache_tag
RUNTIME = ["--runtime", f"python{sys.version_info[0]}.{sys.version_info[1]}"]
FILES = {
    # What no reading of sources can see: a name that is made at run time, a .pth file, a variable that is set on Lambda only.
    "app.py": "import importlib, os\nimport lib.used\nimportlib.import_module('lib.' + 'dyn' + 'amic')\nTABLE = os.environ['TABLE']\n"
              "try:\n    os.environ['OTHER']\nexcept KeyError:\n    import lib.without_other\n"
              "if os.environ.get('NEVER'):\n    import lib.never\n"
              "def handler(event, context):\n    import lib.lazy\n    return lib.lazy.value + lib.used.value\n",
    "other.py": "import lib.other\n",
    "start.pth": "import lib.from_pth\n",
    "lib/__init__.py": "def __getattr__(name):\n    import lib.by_attribute\n    return lib.by_attribute\n",
    "lib/dynamic.py": "d = {hash(str(i)): i for i in range(9)}\n", "lib/used.py": "value = 'used'\nimport random\nif random.random() < 2:\n    import lib.nested\n",
    **{f"lib/{name}.py": f"value = '{name}'\n" for name in ("lazy", "never", "without_other", "other", "from_pth", "by_attribute", "nested")},
}
STARTS = ["app.py", "lib/__init__.py", "lib/dynamic.py", "lib/from_pth.py", "lib/nested.py", "lib/used.py", "lib/without_other.py"]


def pyc(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, "__pycache__", f"{name[:-3]}.{TAG}.pyc")


def compiled(archive) -> list:
    return sorted(name for name in slimtest.read_zip(archive) if name.endswith(".pyc"))


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    result = slimtest.report(package, "-o", work / "init.zip", "--bytecode", "init", *RUNTIME)
    assert compiled(work / "init.zip") == sorted(map(pyc, STARTS)), compiled(work / "init.zip")
    start = result["start"]
    assert (start["found_by"], start["handler"]) == ("loading", "app.handler") and "with 1 for TABLE in" in start["reason"], start
    assert start["modules"] == ["app", "lib", "lib.dynamic", "lib.from_pth", "lib.nested", "lib.used", "lib.without_other"], start
    assert "cost" not in start, start
    assert any(f["id"] == "modules-of-a-start" and "loading it under Python" in f["message"] for f in result["findings"]), result["findings"]

    # The handler answers, and Python takes the code from the bytecode that is there.
    out = slimtest.unzip(work / "init.zip", work / "out")
    (out / "lib/used.py").write_text("value = 'the source was read'\n")
    answer = slimtest.python_in(out, "import os; os.environ['TABLE'] = 't'; import app; print(app.handler({}, None))")
    assert answer.stdout.strip() == "lazyused", answer

    # The same bytes: another seed, zone and folder, one thread, a second time, and from its own output.
    for name, source in (("again", package), ("twice", work / "init.zip")):
        slimtest.slim(source, "-o", work / f"{name}.zip", "--bytecode", "init", "-j", 1, *RUNTIME,
                      env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "TABLE": "t", "OTHER": "x", "NEVER": "1", "TMPDIR": str(work)})
        assert slimtest.sha256(work / f"{name}.zip") == slimtest.sha256(work / "init.zip"), name

    # --handler chooses; a name that is in no file is an error, and tells what was probably meant.
    slimtest.slim(package, "-o", work / "other.zip", "--bytecode", "init", "--handler", "other.lib", *RUNTIME)
    assert compiled(work / "other.zip") == sorted(map(pyc, ["lib/__init__.py", "lib/from_pth.py", "lib/other.py", "other.py"]))
    error = slimtest.slim(package, "-n", "--bytecode", "init", "--handler", "ap.handler", code=2).stderr
    assert "--handler ap.handler: the package has no module ap: did you mean 'app'?" in error, error

    # No bytecode: the last lines say what a start compiles, and what buys it back.
    lines = slimtest.slim(package, "-o", work / "drop.zip", *RUNTIME).stdout.splitlines()
    cost = [line for line in lines[-3:] if "Each cold start compiles" in line]
    assert cost and "--bytecode init" in cost[0] and "as their imports tell" in cost[0], lines

    # Other settings are held to their word.
    error = slimtest.slim(package, "-n", "--bytecode", "compile", "--write-start-list", work / "x", code=2).stderr
    assert "--write-start-list: is of use with --bytecode init or fit only" in error, error
    explained = slimtest.slim("explain", package, "lib/lazy.py", "lib/used.py", "--bytecode", "init", *RUNTIME).stdout
    assert explained.count("python-compiled-bytecode") == 1, explained
