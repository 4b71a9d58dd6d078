#!/usr/bin/env python3
"""--bytecode init without a load: imports from the handler on are followed, and every report says that and why. A slim.toml
that nobody has named does not make slim run a package's code."""
import os
import sys

import slimtest

TAG = sys.implementation.cache_tag
VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
FILES = {
    "app.py": "import lib.used\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import lib.typed\n"
              "open(MARK, 'w').close()\ndef handler(event, context):\n    import lib.lazy\n",
    "lib/__init__.py": "from lib.names import *\n", "lib/names/__init__.py": "__all__ = ['listed']\n", "lib/names/listed.py": "",
    "lib/used.py": "class A:\n    from lib import nested\n", "start.pth": "import lib.from_pth\n",
    **{f"lib/{name}.py": "" for name in ("typed", "lazy", "nested", "from_pth", "unused")},
}
STARTS = ["app.py", "lib/__init__.py", "lib/from_pth.py", "lib/names/__init__.py", "lib/names/listed.py", "lib/nested.py", "lib/used.py"]


def pyc(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, "__pycache__", f"{name[:-3]}.{TAG}.pyc")


def compiled(archive) -> list:
    return sorted(name for name in slimtest.read_zip(archive) if name.endswith(".pyc"))


def check(result, archive, why: str) -> None:
    assert compiled(archive) == sorted(map(pyc, STARTS)), compiled(archive)
    assert result["start"]["found_by"] == "imports" and why in result["start"]["reason"], result["start"]
    assert any(f["id"] == "modules-of-a-start" and why in f["message"] for f in result["findings"]), result["findings"]


with slimtest.workdir() as work:
    mark = work / "mark"
    files = {**FILES, "app.py": FILES["app.py"].replace("MARK", repr(str(mark)))}
    package = slimtest.write_zip(work / "in.zip", files)

    # Loading fails, after it has run.
    broken = slimtest.write_zip(work / "broken.zip", {**files, "app.py": files["app.py"] + "import not_packed\n"})
    result = slimtest.report(broken, "-o", work / "1.zip", "--bytecode", "init", "--runtime", VERSION)
    check(result, work / "1.zip", "loading it failed here (ModuleNotFoundError: No module named 'not_packed')")
    assert mark.exists()
    mark.unlink()
    for markdown in (slimtest.slim(broken, "-n", "--bytecode", "init", "--runtime", VERSION, "--markdown", "-").stdout,):
        assert "loading it failed here" in markdown, markdown
    mark.unlink()

    # It ends the process, or never comes back from it by itself.
    for end in ("import os; os._exit(3)\n", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)\n", "raise SystemExit\n"):
        dying = slimtest.write_zip(work / "dying.zip", {**files, "app.py": files["app.py"] + end})
        result = slimtest.report(dying, "-o", work / "2.zip", "--bytecode", "init", "--runtime", VERSION)
        check(result, work / "2.zip", "loading it failed here")
        mark.unlink()

    # A slim.toml that was found runs nothing; the command line does, and so does a file that is named.
    (work / "slim.toml").write_text(f'bytecode = "init"\nruntime = "{VERSION}"\nhandler = "app.handler"\n')
    result = slimtest.report(package, "-o", work / "3.zip")
    check(result, work / "3.zip", "a slim.toml that was found and not named")
    slimtest.slim("explain", package, "app.py")
    slimtest.slim("rules", package)
    assert not mark.exists(), "the package's code was run"
    for flags in (["--bytecode", "init"], ["--config", work / "slim.toml"]):
        result = slimtest.report(package, "-o", work / "4.zip", *flags)
        assert result["start"]["found_by"] == "loading" and mark.exists(), (flags, result["start"])
        mark.unlink()

    # A layer has no handler, and a function may have none that is known: all is compiled, as with compile.
    layer = slimtest.write_zip(work / "layer.zip", {"python/" + name: text for name, text in files.items() if name != "start.pth"})
    two = slimtest.write_zip(work / "two.zip", {**files, "second.py": "def handler(event, context):\n    pass\n"})
    (work / "slim.toml").unlink()
    for source in (layer, two):
        result = slimtest.report(source, "-o", work / "init.zip", "--bytecode", "init", "--runtime", VERSION)
        assert result["start"]["found_by"] == "everything", result["start"]
        slimtest.slim(source, "-o", work / "compile.zip", "--bytecode", "compile", "--runtime", VERSION)
        assert slimtest.sha256(work / "init.zip") == slimtest.sha256(work / "compile.zip")
    assert not mark.exists(), "code of a package without a handler was run"
