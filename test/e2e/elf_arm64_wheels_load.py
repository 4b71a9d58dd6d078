#!/usr/bin/env python3
# labels: corpus registry qemu
# timeout: 900
"""Every library of aarch64 wheels that an arm64 Python could load before strip (RTLD_NOW) it loads after, also those
that patchelf has rewritten; and every output keeps p_offset congruent with p_align, as loaders before glibc 2.35 demand."""
import struct

import elfcheck
import slimtest

def libraries(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and ".so" in path.name
                  and path.read_bytes()[:4] == b"\x7fELF")


def loads(folder, names: list[str]) -> dict:
    return {name: answer == "loads" for name, answer in elfcheck.load_on_arm64(folder, names, timeout=600).items()}


def check_congruence(data: bytes, name: str) -> None:
    table, = struct.unpack_from("<Q", data, 32)
    count, = struct.unpack_from("<H", data, 56)
    for i in range(count):
        kind, _, offset, address, _, _, _, align = struct.unpack_from("<IIQQQQQQ", data, table + 56 * i)
        if kind == 1:
            assert (address - offset) % max(align, 4096) == 0, (name, i)


package = slimtest.pip_target(
    "elf-arm64", ["numpy", "pillow", "psycopg2-binary", "lxml"], "--no-compile", "--no-deps",
    "--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64")
with slimtest.workdir() as work:
    result = slimtest.report(package, "-o", f"{work}/out/", "--disable", "elf-duplicates")
    out = work / "out"
    names = libraries(out)
    before, after = loads(package, names), loads(out, names)
    assert sum(before.values()) > 50, f"hardly any library loads at all: {before}"
    broken = [name for name in names if before[name] and not after[name]]
    assert not broken, broken
    for name in names:
        check_congruence((out / name).read_bytes(), name)
    saved = sum(f["unpacked_before"] - f["unpacked_after"] for f in result["files"] if f["action"] == "strip")
    assert saved > 0
    print(f"{sum(after.values())} of {len(names)} aarch64 libraries load as before, {saved:,} bytes saved")
