#!/usr/bin/env python3
"""An interpreter whose libraries only LD_LIBRARY_PATH names, as in Lambda's images, can be used for trials and bytecode."""
import os
import subprocess
import sys

import slimtest

PROGRAM = """#include <unistd.h>
extern "C" char* interpreter();
int main(int, char** argv) {
  argv[0] = interpreter();
  return execv(argv[0], argv);
}
"""
LIBRARY = f'static char path[] = "{sys.executable}"; extern "C" char* interpreter() {{ return path; }}'

with slimtest.workdir() as work:
    (work / "lib").mkdir()
    python = work / f"python3.{sys.version_info.minor}"
    (work / "main.cc").write_text(PROGRAM)
    (work / "library.cc").write_text(LIBRARY)
    subprocess.run(["g++", "-shared", "-fPIC", "-o", work / "lib/libinterpreter.so", work / "library.cc"], check=True)
    subprocess.run(["g++", "-o", python, work / "main.cc", "-L", work / "lib", "-linterpreter"], check=True)
    package = slimtest.write_zip(work / "in.zip", {"app.py": "x = 1\n", "pkg/__init__.py": "y = 2\n"})

    os.environ.pop("LD_LIBRARY_PATH", None)
    found = {"LD_LIBRARY_PATH": str(work / "lib")}
    slimtest.slim("verify", package, "--python", python, env=found)
    slimtest.slim(package, "-o", work / "out.zip", "--bytecode", "compile", "--python", python,
                  "--runtime", f"python3.{sys.version_info.minor}", env=found)
    assert any(name.endswith(".pyc") for name in slimtest.read_zip(work / "out.zip"))
    slimtest.slim("verify", package, "--python", python, code=2)
