#!/usr/bin/env python3
"""Windows' packers write names in their own code page, and in UTF-8 beside it: the latter is what comes out, as it was what
unzip and Python have read."""
import struct
import zipfile
import zlib

import slimtest


def write(path, header: bytes, unicode_path: str, crc: int | None = None):
    """A zip with a file whose name is `header` in the headers and `unicode_path` in Info-ZIP's extra field."""
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("?" * len(header), (2024, 5, 6, 7, 8, 10))
        crc = zlib.crc32(header) if crc is None else crc
        data = struct.pack("<BL", 1, crc) + unicode_path.encode()
        info.extra = struct.pack("<HH", 0x7075, len(data)) + data
        archive.writestr(info, "x = 1\n")
        archive.writestr("app.py", "y = 1\n")
    path.write_bytes(path.read_bytes().replace(b"?" * len(header), header))
    return path


def names(path) -> list:
    """Raw bytes of the names in the central directory."""
    data, found = path.read_bytes(), []
    at = data.index(b"PK\x01\x02")
    while data[at:at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack("<HHH", data[at + 28:at + 34])
        found.append(data[at + 46:at + 46 + name])
        at += 46 + name + extra + comment
    return found


with slimtest.workdir() as work:
    out = work / "out.zip"
    for code_page, name in (("cp437", "pkg/é.py"), ("cp932", "pkg/日本.py")):
        package = write(work / "in.zip", name.encode(code_page), name)
        slimtest.slim(package, "-o", out)
        assert names(out) == [b"app.py", name.encode()], names(out)
        assert sorted(slimtest.read_zip(out)) == ["app.py", name]
    # A field that belongs to another name says nothing, and one that contradicts a name which is clear is a trap.
    slimtest.slim(write(work / "in.zip", "é.py".encode("cp437"), "ü.py", crc=1), "-o", out)
    assert "é.py".encode("cp437") in names(out)
    slimtest.slim(write(work / "in.zip", b"same.py", "same.py"), "-o", out)
    said = slimtest.slim(write(work / "in.zip", b"good.py", "evil.py"), "-o", out, code=2).stderr
    assert "good.py" in said and "evil.py" in said, said
    said = slimtest.slim(write(work / "in.zip", "é.py".encode("cp437"), "../é.py"), "-o", out, code=2).stderr
    assert "'..'" in said, said
