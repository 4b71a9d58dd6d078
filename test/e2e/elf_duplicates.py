#!/usr/bin/env python3
"""Identical libraries become relative links where the loader sees no difference; others are told of with their cost."""
import os
import shutil
import subprocess
import sys

import slimtest


def library(path, soname: str | None, *options: str, text: str = "int one(void) { return 1; }\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    source = path.with_suffix(".c")
    source.write_text(text)
    flags = [f"-Wl,-soname,{soname}"] if soname else []
    subprocess.run(["gcc", "-g", "-O1", "-shared", "-fPIC", *flags, *options, "-o", path, source], check=True)
    source.unlink()


def found(result: dict, kind: str) -> list:
    return sorted(f["path"] for f in result["findings"] if f["id"] == kind)


with slimtest.workdir() as work:
    package = work / "in"
    # A zip lost the links: three names, one library.
    library(package / "lib/libx.so.1.2.3", "libx.so.1")
    for name in ("libx.so", "libx.so.1"):
        shutil.copy(package / "lib/libx.so.1.2.3", package / "lib" / name)
    # The same in another folder: a link, as it asks for nothing beside itself.
    (package / "other").mkdir()
    shutil.copy(package / "lib/libx.so.1.2.3", package / "other/libx.so.1")
    # It looks beside itself, so another folder is another library.
    library(package / "a/liborigin.so", "liborigin.so", "-Wl,-rpath,$ORIGIN")
    (package / "b").mkdir()
    shutil.copy(package / "a/liborigin.so", package / "b/liborigin.so")
    # Plug-ins have no SONAME: two files are two sets of variables.
    library(package / "p/plugin.so", None)
    (package / "q").mkdir()
    shutil.copy(package / "p/plugin.so", package / "q/plugin.so")
    # The same SONAME, other bytes.
    library(package / "lib/liby.so.1", "liby.so.1")
    library(package / "other/liby.so.1", "liby.so.1", text="int one(void) { return 11; }\n")

    # One build under two names, as auditwheel leaves it in two wheels.
    library(package / "w/libz-1a2b.so.1", "libz-1a2b.so.1", "-Wl,--build-id=0x1234567890abcdef")
    library(package / "v/libz-3c4d.so.1", "libz-3c4d.so.1", "-Wl,--build-id=0x1234567890abcdef")

    result = slimtest.report(package, "-o", f"{work}/out/")
    out = work / "out"
    links = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_symlink())
    assert links == ["lib/libx.so.1", "lib/libx.so.1.2.3", "other/libx.so.1"], links
    assert os.readlink(out / "lib/libx.so.1") == "libx.so" and os.readlink(out / "other/libx.so.1") == "../lib/libx.so"
    for link in links:
        program = f"import ctypes; print(ctypes.CDLL({str(out / link)!r}).one())"
        assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "1"
    assert found(result, "duplicate") == ["b/liborigin.so", "q/plugin.so"], result["findings"]
    assert found(result, "near-duplicate") == ["lib/liby.so.1", "v/libz-3c4d.so.1"], result["findings"]
    told = [f["message"] for f in result["findings"] if f["id"] == "near-duplicate"]
    assert any("build id 1234567890abcdef as w/libz-1a2b.so.1" in text for text in told), told
    assert not any(f["severity"] != "note" for f in result["findings"] if "duplicate" in f["id"])
