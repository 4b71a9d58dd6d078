#!/usr/bin/env python3
"""--debug-dir keeps what strip removes where debuggers look for it: addresses of the stripped library still give
source lines, by its build id."""
import re
import shutil
import subprocess
import sys

import slimtest

if shutil.which("eu-addr2line") is None:
    slimtest.skip("eu-addr2line (elfutils) is not installed")

SOURCE = """
__attribute__((noinline)) int twice(int x) {
  return 2 * x;  /* line 3 */
}
"""

with slimtest.workdir() as work:
    (work / "twice.c").write_text(SOURCE)
    (work / "in").mkdir()
    for name, option in [("libtwice.so", "-Wl,--build-id"), ("libnameless.so", "-Wl,--build-id=none"),
                         ("libwordy.so", "-Wl,--build-id=0x" + "ab" * 300)]:
        subprocess.run(["gcc", "-g", "-O1", "-shared", "-fPIC", option, "-o", work / "in" / name, work / "twice.c"],
                       check=True)
    slimtest.slim(work / "in", "-o", f"{work}/out/", "--debug-dir", work / "debug")

    notes = subprocess.run(["readelf", "-n", work / "out/libtwice.so"], capture_output=True, text=True, check=True).stdout
    build_id = re.search(r"Build ID: ([0-9a-f]+)", notes).group(1)
    kept = work / "debug/.build-id" / build_id[:2] / (build_id[2:] + ".debug")
    assert kept.exists(), sorted((work / "debug").rglob("*"))
    assert (work / "debug/libnameless.so.debug").exists()
    assert (work / "debug/libwordy.so.debug").exists(), "a build id that is no file name"

    symbols = subprocess.run(["nm", "-D", work / "out/libtwice.so"], capture_output=True, text=True, check=True).stdout
    address = next(line.split()[0] for line in symbols.splitlines() if line.endswith(" twice"))

    def line_of(*arguments) -> str:
        return subprocess.run(["eu-addr2line", *arguments, "-e", work / "out/libtwice.so", "0x" + address],
                              capture_output=True, text=True, check=True).stdout

    assert "twice.c" not in line_of(f"--debuginfo-path={work}/nowhere"), "the stripped library still has its lines"
    assert "twice.c:3" in line_of(f"--debuginfo-path={work}/debug"), line_of(f"--debuginfo-path={work}/debug")
    if shutil.which("gdb"):
        shown = subprocess.run(["gdb", "-nx", "-batch", "-ex", f"set debug-file-directory {work}/debug", "-ex",
                                f"file {work}/out/libtwice.so", "-ex", "info line twice"],
                               capture_output=True, text=True, check=True).stdout
        assert 'twice.c" starts at address' in shown, shown
    else:
        slimtest.leave_out("what gdb finds, as it is not installed")

    # eu-unstrip puts the two together again: sections, symbols and lines of the original.
    subprocess.run(["eu-unstrip", work / "out/libtwice.so", kept, "-o", work / "whole.so"], check=True)
    whole = subprocess.run(["eu-addr2line", "-e", work / "whole.so", "0x" + address], capture_output=True, text=True).stdout
    assert "twice.c:3" in whole, whole
    subprocess.run([sys.executable, "-c", f"import ctypes; assert ctypes.CDLL('{work}/whole.so').twice(4) == 8"], check=True)
    # What debuginfod and perf index it by.
    notes = subprocess.run(["readelf", "-n", kept], capture_output=True, text=True, check=True).stdout
    assert f"Build ID: {build_id}" in notes, notes

    # The debug file has none of the program's own bytes, and its tables still fit.
    assert kept.stat().st_size < (work / "in/libtwice.so").stat().st_size
    sections = subprocess.run(["readelf", "-SW", kept], capture_output=True, text=True, check=True).stdout
    assert re.search(r"\.text +NOBITS", sections) and re.search(r"\.debug_info +PROGBITS", sections), sections
