#!/usr/bin/env python3
"""--strip LEVEL, --keep-strip and a rule's own level: each takes what it says, and the library still loads."""
import ctypes
import subprocess
import sys

import slimtest

with slimtest.workdir() as work:
    (work / "f.c").write_text("static int hidden(int x) { return x + 1; }\nint visible(int x) { return hidden(x) * 2; }\n")
    (work / "in/sub").mkdir(parents=True)
    subprocess.run(["gcc", "-g", "-O0", "-shared", "-fPIC", "-o", work / "in/libf.so", work / "f.c"], check=True)
    subprocess.run(["gcc", "-g3", "-O0", "-shared", "-fPIC", "-o", work / "in/sub/libf.so", work / "f.c"], check=True)

    def sections_after(name, *arguments, file="libf.so") -> str:
        out = work / name
        slimtest.slim(work / "in", "-o", f"{out}/", *arguments)
        program = f"import ctypes; print(ctypes.CDLL({str(out / file)!r}).visible(20))"
        assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "42"
        return subprocess.run(["readelf", "-SW", out / file], capture_output=True, text=True).stdout

    none = sections_after("none", "--strip", "none")
    assert ".debug_info" in none and ".symtab" in none
    debug = sections_after("debug", "--strip", "debug")
    assert ".debug_info" not in debug and ".symtab" in debug and ".strtab" in debug
    symbols = sections_after("symbols")
    assert ".debug_info" not in symbols and ".symtab" not in symbols and ".dynsym" in symbols
    bare = sections_after("sections", "--strip", "sections")
    assert "no sections" in bare, bare
    held = sections_after("held", "--keep-strip", "libf.so")
    assert ".debug_info" in held

    # At level debug the backtrace names functions that are not exported.
    names = subprocess.run(["nm", work / "debug/libf.so"], capture_output=True, text=True, check=True).stdout
    assert " t hidden" in names, names

    # A rule's own level, for the files it names.
    (work / "own.toml").write_text(
        '[[rule]]\nid = "keep-backtraces"\naction = "strip"\nlevel = "debug"\npaths = ["sub/**"]\nreason = "we read its backtraces"\n')
    assert ".symtab" in sections_after("own", "--rules", work / "own.toml", file="sub/libf.so")
    assert ".symtab" not in sections_after("own2", "--rules", work / "own.toml")
    (work / "own.toml").write_text('[[rule]]\nid = "x"\naction = "strip"\nlevel = "some"\npaths = ["**"]\nreason = "r"\n')
    error = slimtest.slim(work / "in", "--dry-run", "--rules", work / "own.toml", code=2).stderr
    assert "'level' has no 'some'" in error, error
