#!/usr/bin/env python3
# labels: qemu
"""A program whose headers an old patchelf has moved behind its last segment still starts where the address of the headers
is computed from e_phoff: under Linux before 5.18, of which Lambda's is one, and under qemu, which computes the same."""
import platform
import shutil
import struct
import subprocess

import elfcheck
import slimtest

SOURCE = b"""
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
static int zeros[5000];
int main(void) { printf("starts with %d\\n", zeros[4999]); return 3; }
"""
PT_PHDR, PT_LOAD = 6, 1


def headers_moved(file: bytes) -> bytes:
    """The program headers, and a segment for them, at the first page behind all others, in memory and in the file; and the
    section table behind them, as patchelf leaves it."""
    table, = struct.unpack_from("<Q", file, 32)
    count, = struct.unpack_from("<H", file, 56)
    headers = [list(struct.unpack_from("<IIQQQQQQ", file, table + 56 * i)) for i in range(count)]
    end = max([len(file), *(header[3] + header[6] for header in headers)])
    place = (end + 4095) // 4096 * 4096
    size = (count + 1) * 56
    for header in headers:
        if header[0] == PT_PHDR:
            header[2:7] = [place, place, place, size, size]
    last = max(i for i, header in enumerate(headers) if header[0] == PT_LOAD)
    headers.insert(last + 1, [PT_LOAD, 4, place, place, place, size, size, 4096])
    out = bytearray(file) + bytes(place - len(file)) + b"".join(struct.pack("<IIQQQQQQ", *header) for header in headers)
    sections, = struct.unpack_from("<Q", file, 40)
    out += file[sections:sections + 64 * struct.unpack_from("<H", file, 60)[0]]
    struct.pack_into("<QQ", out, 32, place, place + size)
    struct.pack_into("<H", out, 56, count + 1)
    return bytes(out)


EMULATOR = f"qemu-{platform.machine()}-static"
if shutil.which(EMULATOR) is None:
    slimtest.skip(f"{EMULATOR} is not installed")


def outcome(program) -> tuple:
    done = subprocess.run([EMULATOR, program], capture_output=True, text=True)
    return done.returncode, done.stdout


with slimtest.workdir() as work:
    package = work / "in"
    package.mkdir()
    for name, options in {"pie": [], "static_pie": ["-static-pie"]}.items():
        subprocess.run(["gcc", "-g3", "-fPIE", "-pie", *options, "-x", "c", "-", "-o", package / name], input=SOURCE, check=True)
        (package / name).write_bytes(headers_moved((package / name).read_bytes()))
        assert outcome(package / name) == (3, "starts with 0\n"), (name, outcome(package / name))
    # A segment of headers in a library moves freely: there ld.so finds them.
    subprocess.run(["gcc", "-g3", "-fPIC", "-shared", "-x", "c", "-", "-o", package / "library.so"], input=SOURCE, check=True)
    (package / "library.so").write_bytes(headers_moved((package / "library.so").read_bytes()))

    slimtest.slim(package, "-o", f"{work}/out/", "--strip", "sections")
    for name in ("pie", "static_pie"):
        assert outcome(work / "out" / name) == (3, "starts with 0\n"), (name, outcome(work / "out" / name))
        assert (work / "out" / name).stat().st_size < (package / name).stat().st_size, name
    assert elfcheck.load(work / "out/library.so") == "loads"
    assert (work / "out/library.so").stat().st_size < 0.5 * (package / "library.so").stat().st_size
