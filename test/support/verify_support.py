"""What the tests of --verify-command share: a package that imports fine without a file that its function reads; and a look
at the processes that are left of it."""
import os
import pathlib
import sys

import slimtest

RUNTIME = ["--runtime", f"python{sys.version_info[0]}.{sys.version_info[1]}"]
# The folder's and the file's name are made at run time, and only by a call: no scan and no import can see it.
READER = """
import os

def price(name):
    folder = os.path.join(os.path.dirname(__file__), "".join(["te", "sts"]))
    with open(os.path.join(folder, "prices." + "json")) as file:
        return len(file.read()) + len(name)
"""
QUIET_READER = READER + """
def quiet_price(name):
    try:
        return price(name)
    except OSError:
        return "unknown"
"""
FILES = {
    "app.py": "import shop.core\n\ndef handler(event, context):\n    return shop.core.price(event)\n",
    "shop/__init__.py": "",
    "shop/core.py": QUIET_READER,
    "shop/tests/__init__.py": "",
    "shop/tests/test_core.py": "import unittest\n",
    "shop/tests/prices.json": '{"tea": 3}',
    "other/__init__.py": "",
    "other/a.py": "x = 1\n",
    "other/a.pyi": "x: int\n",
    "other/tests/__init__.py": "",
    "other/tests/test_other.py": "import unittest\n",
}
CALL = "python -c 'import app; print(app.handler(\"tea\", None))'"
QUIET = "python -c 'import shop.core; print(shop.core.quiet_price(\"tea\"))'"
DATA = "shop/tests/prices.json"


def make(work, files=None):
    """The package, once it is sure that slim drops by default what the call needs."""
    package = slimtest.write_zip(work / "in.zip", {**FILES, **(files or {})})
    slimtest.slim(package, "-o", work / "default.zip", "--no-config", *RUNTIME)
    if DATA in slimtest.read_zip(work / "default.zip"):
        raise AssertionError("this test needs a file that slim drops wrongly: the evidence has learnt to see this one")
    return package


def processes_with(mark: str) -> list:
    """Those whose command line holds the mark, but for this test itself."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if mark.encode() in (entry / "cmdline").read_bytes():
                    found.append(entry.name)
            except OSError:
                pass  # it has ended meanwhile
    return found
