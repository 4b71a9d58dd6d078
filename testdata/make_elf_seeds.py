#!/usr/bin/env python3
"""make_elf_seeds.py FOLDER: the seeds of test/fuzz/elf_strip/corpus, small outputs of four linkers.

They are committed, so that the tests replay the same files everywhere; run this again to add a kind of file."""
import pathlib
import struct
import subprocess
import sys

LIBRARY = r"""
__thread int counter = 7;
int table[4] = {1, 2, 3, 4};
int *pointers[3] = {table, table + 1, table + 2};
__attribute__((constructor)) static void begin(void) { table[0] = 5; }
__attribute__((destructor)) static void finish(void) { table[0] = 6; }
int answer(int i) { return *pointers[i % 3] + counter++; }
"""
PROGRAM = "static int value = 3; int twice(int x) { return 2 * x + value; } void _start(void) { for (;;) twice(1); }"
VERSIONS = "ONE { global: answer; local: *; };"
SMALL = ["-nostdlib", "-O1", "-fno-asynchronous-unwind-tables", "-Wl,--build-id", "-Wl,-z,max-page-size=4096"]
PACKED = [*SMALL, "-Wl,-z,noseparate-code"]

# name -> (compiler, source, options)
SEEDS = {
    "bfd.so": ("gcc", LIBRARY, ["-shared", "-fPIC", "-fuse-ld=bfd", *PACKED, "-g"]),
    "gold_emit_relocs.so": ("gcc", LIBRARY, ["-shared", "-fPIC", "-fuse-ld=gold", *SMALL, "-Wl,--emit-relocs"]),
    "lld_relr.so": ("clang-19", LIBRARY, ["-shared", "-fPIC", "-fuse-ld=lld", *PACKED, "-Wl,--pack-dyn-relocs=relr"]),
    "mold.so": ("gcc", LIBRARY, ["-shared", "-fPIC", "-fuse-ld=mold", *PACKED]),
    "bfd_versions_compressed.so": ("gcc", LIBRARY, ["-shared", "-fPIC", "-fuse-ld=bfd", *PACKED, "-g", "-gz", "VERSIONS"]),
    "bfd_pie": ("gcc", PROGRAM, ["-fPIE", "-pie", "-fuse-ld=bfd", *PACKED]),
    "bfd_static": ("gcc", PROGRAM, ["-static", "-no-pie", "-fno-pie", "-fuse-ld=bfd", *PACKED]),
    "bfd_arm64.so": ("aarch64-linux-gnu-gcc", LIBRARY, ["-shared", "-fPIC", "-fuse-ld=bfd", *PACKED]),
    "patchelf.so": ("gcc", LIBRARY, ["-shared", "-fPIC", "-fuse-ld=bfd", *PACKED, "-g", "PATCHELF"]),
    "object.o": ("gcc", LIBRARY, ["-c", "-fPIC", "-O1"]),
}

# Found by fuzzing; defect -> (seed, place in the file, new bytes). Places: see each seed's readelf -S and -l.
DEFECTS = {
    "note_owner_without_end": ("bfd_static", 247, b"0"),
    "section_zero_with_flags": ("bfd_static", "section 0", struct.pack("<IIQ", 0, 1, 2)),
    "inactive_section_named_by_symbols.so": ("bfd.so", "section 8", struct.pack("<II", 0, 0)),
    "dynamic_symbols_not_loaded.so": ("lld_relr.so", "section 2", struct.pack("<IIQ", 0, 11, 0x200)),
    "interpreter_without_end": ("bfd_pie", "interpreter", b"x" * 28),
}


def place_of(data: bytes, where) -> int:
    if isinstance(where, int):
        return where
    if where == "interpreter":
        return data.index(b"/lib64/ld-linux")
    return struct.unpack_from("<Q", data, 40)[0] + 64 * int(where.split()[1])


def damage(folder: pathlib.Path, name: str, seed: str, where, new: bytes) -> None:
    data = (folder / seed).read_bytes()
    at = place_of(data, where)
    (folder / name).write_bytes(data[:at] + new + data[at + len(new):])


def make(folder: pathlib.Path, name: str, compiler: str, source: str, options: list) -> None:
    out = folder / name
    versions = folder / "versions.map"
    versions.write_text(VERSIONS)
    flags = [f"-Wl,--version-script={versions}" if option == "VERSIONS" else option
             for option in options if option != "PATCHELF"]
    subprocess.run([compiler, "-x", "c", "-", "-o", out, *flags], input=source.encode(), check=True)
    if "PATCHELF" in options:
        for change in ("--set-soname", "libanother.so.1"), ("--set-rpath", "$ORIGIN/" + "far/" * 30):
            subprocess.run(["patchelf", *change, out], check=True)
    versions.unlink()
    out.chmod(0o644)
    assert out.stat().st_size < 20_000, (name, out.stat().st_size)


folder = pathlib.Path(sys.argv[1]).resolve()
folder.mkdir(parents=True, exist_ok=True)
for name, (compiler, source, options) in SEEDS.items():
    make(folder, name, compiler, source, options)
for name, (seed, where, new) in DEFECTS.items():
    damage(folder, name, seed, where, new)
