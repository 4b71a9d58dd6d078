#!/usr/bin/env python3
"""Modules that crash, exit, print, hang on input or eat memory are failures of their own and disturb no other."""
import sys

import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
FILES = {
    "crash.py": "import ctypes\nctypes.string_at(0)\n",
    "leave.py": "import os\nos._exit(0)\n",
    "quit.py": "import sys\nsys.exit(3)\n",
    "noise.py": "print('x' * 100000)\nimport os\nos.write(1, b'{\"module\": \"fake\"}\\n')\n",
    "asks.py": "input()\n",
    "hungry.py": "x = bytearray(1 << 40)\n",
    "pkg/__init__.py": "import ctypes\nctypes.string_at(0)\n",
    "pkg/below.py": "",
    "fine.py": "",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    told = slimtest.slim("verify", package, "--runtime", RUNTIME).stdout
    assert "2 of 9 modules import" in told, told
    for name, error in [("crash", "signal 11"), ("quit", "SystemExit"), ("asks", "EOFError"), ("hungry", "MemoryError"),
                        ("pkg.below", "signal 11"), ("leave", "ended before")]:
        assert name in told and error in told, (name, told)
