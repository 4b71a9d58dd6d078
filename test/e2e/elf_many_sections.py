#!/usr/bin/env python3
"""More sections than 16 bits count (gABI, extended section numbers): the program runs after slim, and symbols that stay
name the same sections by their new numbers."""
import re
import shutil
import subprocess

import slimtest

COUNT = 65_400


def source() -> str:
    lines = [".globl _start", "_start: mov last(%rip), %rdi", "mov $60, %eax", "syscall"]
    for i in range(COUNT):
        lines += [f'.section .d{i},"",@progbits', f"mark{i}: .byte {i % 251}"] if i % 1000 == 999 else \
            [f'.section .d{i},"",@progbits', f".byte {i % 251}"]
    lines += ['.section .debug_early,"",@progbits', ".zero 9000", '.section .behind,"",@progbits', "behind: .quad 7",
              '.section .last,"aw",@progbits', ".globl last", "last: .quad 3"]
    return "\n".join(lines) + "\n"


def readelf(option: str, file) -> str:
    return subprocess.run(["readelf", "-W", option, file], capture_output=True, text=True, check=True).stdout


def sections_of_symbols(file) -> dict:
    """Symbol -> the name of the section that it says it is in."""
    names = dict(re.findall(r"^ *\[ *(\d+)\] (\S+)", readelf("-S", file), re.M))
    symbols = re.findall(r" (?:LOCAL|GLOBAL) +DEFAULT +(\d+) (\S+)$", readelf("-s", file), re.M)
    return {symbol: names.get(section) for section, symbol in symbols}


if shutil.which("ld.lld") is None:
    slimtest.skip("ld.lld is not installed, and GNU ld makes no program of so many sections")
with slimtest.workdir() as work:
    (work / "many.s").write_text(source())
    subprocess.run(["as", "--64", "-o", work / "many.o", work / "many.s"], check=True)
    (work / "in").mkdir()
    made = subprocess.run(["ld.lld", "-o", work / "in/program", work / "many.o"], capture_output=True, text=True)
    if made.returncode != 0 or subprocess.run([work / "in/program"]).returncode != 3:
        print(made.stderr, flush=True)
        slimtest.skip("ld.lld makes no program of so many sections here")
    before = sections_of_symbols(work / "in/program")
    assert before["behind"] == ".behind" and before["mark999"] == ".d999" and "Number of section headers:         0 (654" in \
        readelf("-h", work / "in/program"), before

    for level in ("debug", "symbols", "sections"):
        slimtest.slim(work / "in", "-o", f"{work}/{level}/", "--strip", level)
        program = work / level / "program"
        assert subprocess.run([program]).returncode == 3, level
        assert program.stat().st_size <= (work / "in/program").stat().st_size - 9000, level
    assert sections_of_symbols(work / "debug/program") == before
    # Sections that slim does not know stay, so level sections leaves a section table too.
    assert ".d65399" in readelf("-S", work / "symbols/program") and ".d65399" in readelf("-S", work / "sections/program")
