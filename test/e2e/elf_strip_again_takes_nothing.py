#!/usr/bin/env python3
"""A strip takes all that its level may take: a second one finds nothing, also where headers lie about relocations."""
import struct
import subprocess

import elfcheck
import slimtest

SHT_NULL, SHT_RELA, SHT_GROUP = 0, 4, 17


def with_odd_relocations(data: bytes, target_type: int) -> bytes:
    """.comment becomes relocations under the name of debug information, for a section without a meaning."""
    out = bytearray(data)
    sections = elfcheck.sections(data)
    place = {name: header for header, name, _, _ in sections}
    comment, line, odd = place[".comment"], place[".debug_line"], place[".debug_str"]
    out[comment:comment + 4] = out[line:line + 4]
    struct.pack_into("<I", out, comment + 4, SHT_RELA)
    struct.pack_into("<I", out, comment + 44, [header for header, *_ in sections].index(odd))
    out[odd:odd + 4] = out[place[".symtab"]:][:4]
    struct.pack_into("<I", out, odd + 4, target_type)
    return bytes(out)


with slimtest.workdir() as work:
    (work / "in").mkdir()
    (work / "f.c").write_text("static int hidden(int x) { return x + 1; }\nint visible(int x) { return hidden(x) * 2; }\n")
    subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-o", work / "in/plain.so", work / "f.c"], check=True)
    plain = (work / "in/plain.so").read_bytes()
    (work / "in/null.so").write_bytes(with_odd_relocations(plain, SHT_NULL))
    (work / "in/group.so").write_bytes(with_odd_relocations(plain, SHT_GROUP))
    for level in ("debug", "symbols", "sections"):
        first, second = work / f"{level}-1", work / f"{level}-2"
        slimtest.slim(work / "in", "-o", f"{first}/", "--strip", level)
        slimtest.slim(first, "-o", f"{second}/", "--strip", level)
        for name in ("plain.so", "null.so", "group.so"):
            once = (first / name).read_bytes()
            assert len(once) < len(plain), (level, name)
            assert once == (second / name).read_bytes(), (level, name)
