#!/usr/bin/env python3
"""ctypes.util.find_library("magic") without such a library is told of; not where the package or the image has one."""
import json

import slimtest
from check_support import RUNTIME, check, findings, library, message

LOOKUP = "import ctypes.util\nlib = ctypes.util.find_library({!r})\n"

with slimtest.workdir() as work:
    def checked(files: dict, *more) -> dict:
        return check(slimtest.write_zip(work / "in.zip", {"app.py": "", **files}), *more, *RUNTIME)

    result = checked({"magic/loader.py": LOOKUP.format("magic")})
    assert findings(result) == [("warning", "library-unknown-to-system", "magic/loader.py")], findings(result)
    assert "libmagic.so" in message(result, "library-unknown-to-system")
    for there in ("lib/libmagic.so.1", "magic/libmagic.so", "magic.libs/libmagic-1a2b3c.so.1"):
        assert findings(checked({"magic/loader.py": LOOKUP.format("magic"), there: library()})) == [], there
    layer = slimtest.write_zip(work / "layer.zip", {"lib/libmagic.so.1": library()})
    assert findings(checked({"magic/loader.py": LOOKUP.format("magic")}, layer)) == []
    assert findings(checked({"magic/loader.py": LOOKUP.format("magic"), "lib/libmagicless.so": library()})) != []
    for name in ("c", "m", "stdc++", "crypto", "CoreFoundation", "kernel32", "msvcrt", "objc"):
        assert findings(checked({"m.py": LOOKUP.format(name)})) == [], name
    assert findings(checked({"m.py": "import sys\nif sys.platform == 'darwin':\n    " + LOOKUP.format("magic").replace("\n", "\n    ")})) == []
    # slim's own report tells it, too, and from its cache.
    cache = {"SLIM_CACHE": str(work / "cache")}
    package = slimtest.write_zip(work / "in.zip", {"magic/loader.py": LOOKUP.format("magic"), "magic/__init__.py": ""})
    for _ in range(2):
        told = json.loads(slimtest.slim(package, "--dry-run", "--json", "-", *RUNTIME, env=cache).stdout)["findings"]
        assert [f["id"] for f in told] .count("library-unknown-to-system") == 1, told
