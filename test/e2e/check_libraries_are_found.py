#!/usr/bin/env python3
"""Every DT_NEEDED is looked for as the loader would: RPATH, LD_LIBRARY_PATH, RUNPATH, in function, layers and image."""
import slimtest
from check_support import RUNTIME, check, compiled, findings, library, message, needing

OWN = library("int g(void) { return 2; }", "-Wl,-soname,libown.so.1")

with slimtest.workdir() as work:
    def package(name: str, files: dict):
        return slimtest.write_zip(work / name, {"app.py": "", **files})

    missing = check(package("missing.zip", {"x/a.so": needing("libown.so.1")}), *RUNTIME)
    assert findings(missing) == [("warning", "missing-library", "x/a.so")], findings(missing)
    assert "libown.so.1" in message(missing, "missing-library")
    # libGL is known to be in no image: certain to fail.
    certain = check(package("gl.zip", {"x/a.so": needing("libGL.so.1")}), *RUNTIME, code=1)
    assert findings(certain) == [("error", "missing-library", "x/a.so")]

    for name, files in {
        "lib": {"x/a.so": needing("libown.so.1"), "lib/libown.so.1": OWN},
        "runpath": {"x/a.so": needing("libown.so.1", "-Wl,-rpath,$ORIGIN/../x.libs"), "x.libs/libown.so.1": OWN},
        "rpath": {"x/a.so": needing("libown.so.1", "-Wl,--disable-new-dtags,-rpath,$ORIGIN"), "x/libown.so.1": OWN},
    }.items():
        result = check(package(f"{name}.zip", files), *RUNTIME)
        assert result["findings"] == [], (name, result["findings"])

    function = package("function.zip", {"x/a.so": needing("libown.so.1")})
    layer = slimtest.write_zip(work / "layer.zip", {"lib/libown.so.1": OWN})
    assert check(function, layer, *RUNTIME)["findings"] == []

    # The image's copy wins over a bundled one, because /lib64 comes first in LD_LIBRARY_PATH.
    loses = check(package("loses.zip", {"x/a.so": needing("libz.so.1"), "lib/libz.so.1": OWN}), *RUNTIME)
    assert findings(loses) == [("warning", "library-loses", "lib/libz.so.1")], findings(loses)

    alien = compiled("int main(void) { return 0; }", "-Wl,--dynamic-linker=/opt/strange/ld.so.1")
    result = check(package("interpreter.zip", {"bin/tool": (0o100755, alien)}), *RUNTIME, code=1)
    assert findings(result) == [("error", "missing-interpreter", "bin/tool")]
    musl = needing("libc.musl-x86_64.so.1")
    result = check(package("musl.zip", {"x/a.so": musl}), *RUNTIME, code=1)
    assert findings(result) == [("error", "musl-build", "x/a.so")]
