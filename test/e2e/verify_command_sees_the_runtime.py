#!/usr/bin/env python3
"""A command finds what the runtime would find: the package's folder, layer folders, its interpreter without the machine's
packages, its libraries and programs, its file; in Python, JavaScript, Java and native packages."""
import os
import pathlib
import shutil
import subprocess
import sys

import slimtest
from check_support import library
from verify_support import RUNTIME, make

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
with slimtest.workdir() as work:
    def proven(files, *commands, name="in.zip", args=()):
        package = slimtest.write_zip(work / name, files)
        flags = [word for command in commands for word in ("--verify-command", command)]
        return slimtest.slim(package, "-o", work / f"out-{name}", *flags, *args)

    # A layer, by both of Python's folders; python is of the package's version and knows nothing else.
    layer = {"python/low.py": "print('low')\n", f"python/lib/python{VERSION}/site-packages/high.py": "print('high')\n",
             f"python/lib/python{VERSION}/site-packages/high-1.0.dist-info/METADATA": "Name: high\nVersion: 1.0\n", "bin/tool": (0o100755, "#!/bin/sh\necho tool\n")}
    proven(layer, "python -c 'import low, high'", f"test \"$(python{VERSION} -c 'import high')\" = high", "test \"$(tool)\" = tool",
           "python3 -c 'import sys; assert \"%d.%d\" % sys.version_info[:2] == \"" + VERSION + "\"; assert not any(\"-packages\" in p and \"lib/python\" in p and \"trial\" not in p for p in sys.path), sys.path'", args=RUNTIME)
    # Imports and subprocesses see the same folder, whose name is the same before and after.
    proven({"app.py": "import os, sys\nprint(__file__, os.getcwd(), os.environ['LAMBDA_TASK_ROOT'])\n", "p/__init__.py": "", "p/__pycache__/x.pyc": "x"},
           "python -c 'import app'", "python app.py", args=RUNTIME)
    # Named from another folder, by a relative path.
    (work / "tools").mkdir()
    (work / "tools/my-python").symlink_to(sys.executable)
    package = slimtest.write_zip(work / "in.zip", {"app.py": "x = 1\n"})
    slimtest.slim("in.zip", "-o", "relative.zip", "--python", "tools/my-python", "--verify-command", "python -c 'import app'", *RUNTIME, cwd=work)

    # A library that only the runtime's search path leads to, in lib/, is stripped and found.
    shared = library("int answer(void) { return 42; }", "-g")
    done = proven({"app.py": "x = 1\n", "lib/libanswer.so": shared}, "python -c 'import ctypes; print(ctypes.CDLL(\"libanswer.so\").answer())'", args=RUNTIME)
    assert "elf-strip" in done.stdout, done.stdout

    # A native program.
    (work / "main.c").write_text('#include <stdio.h>\nint main(int n, char **v) { (void)v; puts(n > 1 ? "help" : "run"); return 0; }\n')
    subprocess.run(["cc", "-g", work / "main.c", "-o", work / "bootstrap"], check=True)
    done = proven({"bootstrap": (0o100755, (work / "bootstrap").read_bytes())}, "./bootstrap --help", name="native.zip")
    assert "ends and prints as before" in done.stdout, done.stdout

    skipped = []
    if shutil.which("node"):
        modules = {"node_modules/x/package.json": '{"name": "x", "version": "1.0.0", "main": "i.js"}', "node_modules/x/i.js": "module.exports = 41 + 1\n"}
        node = "node -e \"console.log(require('x'))\""
        proven({"index.js": "exports.handler = () => require('x')\n", **modules}, node, "node -p \"require('./index').handler()\"", name="node.zip")
        done = proven({f"nodejs/{name}": content for name, content in modules.items()}, node, name="node-layer.zip")
        assert "ends and prints as before" in done.stdout
        # And what it needs comes back.
        needed = {**modules, "node_modules/x/i.js": "module.exports = require('fs').readFileSync(__dirname + '/' + ['READ', 'ME.md'].join(''), 'utf8')\n", "node_modules/x/README.md": "text\n"}
        package = slimtest.write_zip(work / "node-needs.zip", {"index.js": "1\n", **needed})
        dropped = slimtest.report(package)
        if slimtest.actions(dropped)["node_modules/x/README.md"][0] == "drop":
            slimtest.slim(package, "-o", work / "needs.zip", "--verify-command", node)
            assert "node_modules/x/README.md" in slimtest.read_zip(work / "needs.zip")
    else:
        skipped.append("node")
    if shutil.which("javac"):
        (work / "Main.java").write_text('public class Main { public static void main(String[] a) { System.out.println(Main.class.getResource("Main.class") != null); } }\n')
        subprocess.run(["javac", "-d", work / "classes", work / "Main.java"], check=True)
        compiled = (work / "classes/Main.class").read_bytes()
        jar = {"META-INF/MANIFEST.MF": "Manifest-Version: 1.0\nMain-Class: Main\n\n", "Main.class": compiled}
        proven(jar, "java Main", "java -jar $SLIM_PACKAGE", name="app.jar")
        slimtest.write_zip(work / "inner.jar", {"META-INF/MANIFEST.MF": "Manifest-Version: 1.0\n\n", "Main.class": compiled})
        proven({"lib/inner.jar": (work / "inner.jar").read_bytes()}, "java Main", name="java.zip")
    else:
        skipped.append("javac")
    if skipped:
        slimtest.skip("all that was tried works; not installed: " + ", ".join(skipped))
