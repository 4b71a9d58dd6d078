#!/usr/bin/env python3
# labels: corpus registry qemu
# timeout: 900
"""Every library of aarch64 wheels that an arm64 Python could load before strip (RTLD_NOW) it loads after, also those
that patchelf has rewritten; and every output keeps p_offset congruent with p_align, as loaders before glibc 2.35 demand."""
import json
import struct
import subprocess

import slimtest

# Each library in a process of its own, forked from one interpreter: starting one under qemu takes a second.
LOAD = """
import ctypes, json, os, sys
answers = {}
for path in sys.stdin.read().split("\\n"):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            ctypes.CDLL(path, os.RTLD_NOW)
            os.write(write, b"loads")
        except OSError as error:
            os.write(write, str(error).encode()[:300])
        os._exit(0)
    os.close(write)
    answers[path] = os.read(read, 400).decode() or "crashed"
    os.close(read)
    os.waitpid(child, 0)
print(json.dumps(answers))
"""


def libraries(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and ".so" in path.name
                  and path.read_bytes()[:4] == b"\x7fELF")


def loads(folder, names: list[str], python: tuple) -> dict:
    folders = ":".join(sorted({str((folder / name).parent) for name in names}))
    done = subprocess.run([*python[:1], "-E", f"LD_LIBRARY_PATH={folders}", *python[1:], "-I", "-S", "-c", LOAD],
                          input="\n".join(str(folder / name) for name in names), capture_output=True, text=True, timeout=600)
    answers = json.loads(done.stdout.splitlines()[-1])
    return {name: answers[str(folder / name)] == "loads" for name in names}


def check_congruence(data: bytes, name: str) -> None:
    table, = struct.unpack_from("<Q", data, 32)
    count, = struct.unpack_from("<H", data, 56)
    for i in range(count):
        kind, _, offset, address, _, _, _, align = struct.unpack_from("<IIQQQQQQ", data, table + 56 * i)
        if kind == 1:
            assert (address - offset) % max(align, 4096) == 0, (name, i)


python = slimtest.arm64_python()
package = slimtest.pip_target(
    "elf-arm64", ["numpy", "pillow", "psycopg2-binary", "lxml"], "--no-compile", "--no-deps",
    "--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64")
with slimtest.workdir() as work:
    result = slimtest.report(package, "-o", f"{work}/out/", "--disable", "elf-duplicates")
    out = work / "out"
    names = libraries(out)
    before, after = loads(package, names, python), loads(out, names, python)
    assert sum(before.values()) > 50, f"hardly any library loads at all: {before}"
    broken = [name for name in names if before[name] and not after[name]]
    assert not broken, broken
    for name in names:
        check_congruence((out / name).read_bytes(), name)
    saved = sum(f["unpacked_before"] - f["unpacked_after"] for f in result["files"] if f["action"] == "strip")
    assert saved > 0
    print(f"{sum(after.values())} of {len(names)} aarch64 libraries load as before, {saved:,} bytes saved")
