#!/usr/bin/env python3
"""Names, modes and dates that unpack badly are found."""
import zipfile

import slimtest
from check_support import RUNTIME, check, compiled, findings

with slimtest.workdir() as work:
    def found(files: dict, *args, code: int = 0) -> list:
        package = slimtest.write_zip(work / "in.zip", files)
        return findings(check(package, *(args or RUNTIME), code=code))

    # Linux takes names of 255 bytes. A package with longer ones can't be unpacked: an error, and no verdict.
    assert found({"x/" + "n" * 252 + ".py": ""}) == []
    for long in ("x/" + "n" * 253 + ".py", "x/" + "ä" * 127 + ".py"):
        package = slimtest.write_zip(work / "long.zip", {long: ""})
        assert "has a component of 25" in slimtest.slim("check", package, code=2).stderr
    assert found({"x/Read.py": "", "x/read.py": ""}) == [("note", "case-collision", "x/read.py")]

    assert found({"app.py": (0o100600, "")}, code=1) == [("error", "unreadable", "app.py")]
    assert found({"app.py": (0o100640, "")}, code=1) == [("error", "unreadable", "app.py")]

    program = compiled("int main(void) { return 0; }")
    own = ("--runtime", "provided.al2023")
    assert found({"bootstrap": program}, *own, code=1) == [("error", "not-executable", "bootstrap")]
    assert found({"bootstrap": (0o100755, program)}, *own) == []
    assert found({"main": (0o100755, program)}, *own, code=1) == [("error", "missing-handler", "")]
    layer = slimtest.write_zip(work / "layer.zip", {"python/x.py": "", "extensions/agent": program})
    assert findings(check(layer, *RUNTIME, code=1)) == [("error", "not-executable", "extensions/agent")]

    # 1970 as DOS time: an underflow to 2098.
    with zipfile.ZipFile(work / "date.zip", "w") as archive:
        info = zipfile.ZipInfo("app.py", (2098, 1, 1, 0, 0, 0))
        info.create_system, info.external_attr = 3, 0o100644 << 16
        archive.writestr(info, "")
    assert findings(check(work / "date.zip", *RUNTIME)) == [("warning", "impossible-date", "app.py")]

    # What Lambda can't unpack, slim can't read: an error that says so, and no verdict.
    with zipfile.ZipFile(work / "lzma.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("app.py", "x = 1\n" * 99)
    refused = slimtest.slim("check", work / "lzma.zip", code=2)
    assert "lzma.zip" in refused.stderr and "app.py" in refused.stderr, refused.stderr
