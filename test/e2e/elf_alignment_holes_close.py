#!/usr/bin/env python3
"""The hole that an alignment of 2 MB leaves in a library's file goes; what is loaded, and where, stays. It stays where
something in the file asks for more than a page, and in programs."""
import ctypes
import shutil
import subprocess

import elfcheck
import slimtest

MB = 1 << 20
PLAIN = """
static int table[3000] = {1, 2, 3};
static const char* words[] = {"one", "two", "three"};
const char* word(int i) { return words[i % 3]; }
int sum(int i) { return table[i] + table[2]; }
"""
# How it is compiled, and whether its hole closes.
LIBRARIES = {
    "plain": (PLAIN, [], True),
    "static": (PLAIN + "_Alignas(8192) int wide[4]; long place(void) { return (long)wide % 8192; }", [], False),
    "zeros": (PLAIN + "_Alignas(16384) static char more[99]; char* begin(void) { return more; }", [], False),
    "thread": (PLAIN + "_Alignas(8192) __thread int wide = 4; int* own(void) { return &wide; }", [], False),
    "page": (PLAIN + "_Alignas(4096) int wide[4];", [], True),
    "large_text": (PLAIN + 'void far(void) { __asm__(".fill 2200000, 1, 0x90"); }', [], False),
    "no_sections": (PLAIN, ["sections"], False),
}
OPTIONS = ["-O1", "-s", "-Wl,-z,max-page-size=0x200000", "-Wl,-z,separate-code"]

if shutil.which("gcc") is None:
    slimtest.skip("gcc is not installed")


def alignments(data: bytes) -> set:
    return {align for kind, *_, align in elfcheck.segments(data) if kind == elfcheck.PT_LOAD}


def without_section_table(path) -> None:
    data = bytearray(path.read_bytes())
    data[40:48] = bytes(8)
    data[58:64] = bytes(6)
    path.write_bytes(data)


with slimtest.workdir() as work:
    package = work / "package"
    package.mkdir()
    for name, (source, extra, _) in LIBRARIES.items():
        file = package / f"{name}.so"
        subprocess.run(["gcc", "-shared", "-fPIC", *OPTIONS, "-x", "c", "-", "-o", file], input=source, text=True, check=True)
        if "sections" in extra:
            without_section_table(file)
        assert file.stat().st_size > 2 * MB and alignments(file.read_bytes()) == {2 * MB}, name
    subprocess.run(["gcc", "-pie", "-fPIE", *OPTIONS, "-x", "c", "-", "-o", package / "program"],
                   input="int main(void) { return 7; }", text=True, check=True)

    slimtest.slim(package, "-o", work / "slim.zip")
    slim = slimtest.unzip(work / "slim.zip", work / "slim")
    for name, (_, _, closes) in LIBRARIES.items():
        was, now = (package / f"{name}.so").read_bytes(), (slim / f"{name}.so").read_bytes()
        assert elfcheck.faults(now) == [], name
        assert elfcheck.loaded_bytes(now) == elfcheck.loaded_bytes(was), name
        assert alignments(now) == ({4096} if closes else {2 * MB}), (name, alignments(now))
        assert (len(now) < 40_000) == closes, (name, len(now))
        library = ctypes.CDLL(slim / f"{name}.so")
        library.word.restype = ctypes.c_char_p
        assert library.word(4) == b"two" and library.sum(1) == 5, name
    assert alignments((slim / "program").read_bytes()) == {2 * MB}
    assert subprocess.run([slim / "program"]).returncode == 7

    # All or nothing by --strip and --keep-strip, and nothing more is found a second time.
    slimtest.slim(package, "-o", work / "none.zip", "--strip", "none")
    slimtest.slim(package, "-o", work / "kept.zip", "--keep-strip", "plain.so")
    slimtest.slim(package, "-o", work / "off.zip", "--disable", "elf-strip")
    for name in ("none", "kept", "off"):
        assert slimtest.read_zip(work / f"{name}.zip")["plain.so"] == (package / "plain.so").read_bytes(), name
    slimtest.slim(work / "slim.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "slim.zip") == slimtest.sha256(work / "again.zip")
