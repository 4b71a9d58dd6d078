#!/usr/bin/env python3
"""ELF files that slim must not rewrite stay byte for byte, each with its reason in the report."""
import shutil
import struct
import subprocess

import slimtest

SOURCE = b"int value = 3; int twice(int x) { return 2 * x + value; } int main(void) { return twice(1); }"


def compiled(work, *options) -> bytes:
    out = work / "compiled"
    subprocess.run(["gcc", "-g", "-x", "c", *options, "-", "-o", out], input=SOURCE, check=True)
    return out.read_bytes()


def with_section(work, file: bytes, name: str, content: bytes) -> bytes:
    (work / "content").write_bytes(content)
    (work / "plain").write_bytes(file)
    subprocess.run(["objcopy", f"--add-section={name}={work / 'content'}", work / "plain", work / "more"], check=True)
    return (work / "more").read_bytes()


def poked(file: bytes, at: int, *values: int) -> bytes:
    return file[:at] + bytes(values) + file[at + len(values):]


def payload_before_table(program: bytes) -> bytes:
    """A program with a payload behind it, on which patchelf was run: it has put the section table behind the payload."""
    table, = struct.unpack_from("<Q", program, 40)
    count, = struct.unpack_from("<H", program, 60)
    out = bytearray(program + b"PAYLOAD." * 8192)
    struct.pack_into("<Q", out, 40, len(out))
    return bytes(out) + program[table:table + 64 * count]


def archive(work, member: bytes) -> bytes:
    (work / "member.o").write_bytes(member)
    subprocess.run(["ar", "rcD", work / "lib.a", work / "member.o"], check=True)
    return (work / "lib.a").read_bytes()


def i386(work) -> bytes:
    """Assembled and linked for 32 bits; needs no 32-bit C library."""
    code = b".globl _start\n_start: mov $1, %eax\nint $0x80\n"
    subprocess.run(["as", "--32", "-g", "-o", work / "i386.o"], input=code, check=True)
    subprocess.run(["ld", "-m", "elf_i386", "-o", work / "i386", work / "i386.o"], check=True)
    return (work / "i386").read_bytes()


def upx_packed(work) -> bytes | None:
    if shutil.which("upx") is None:
        slimtest.leave_out("a packed program, as upx is not installed")
        return None
    large = SOURCE + b'static const char text[] = "' + b"ab" * 100_000 + b'"; const char* p = text;'  # it wants 40 KB
    subprocess.run(["gcc", "-x", "c", "-", "-o", work / "large"], input=large, check=True)
    subprocess.run(["upx", "-q", "-q", "-o", work / "packed", work / "large"], check=True)
    return (work / "packed").read_bytes()


def slim_zip(work, program: bytes):
    package = slimtest.write_zip(work / "one.zip", {"program": (0o100755, program)})
    slimtest.slim(package, "-o", work / "one-slim.zip")
    return work / "one-slim.zip"


def big_endian() -> bytes:
    """The headers of a PowerPC library: one segment that holds them."""
    header = struct.pack(">4sBBBB8xHHIQQQIHHHHHH", b"\x7fELF", 2, 2, 1, 0, 3, 21, 1, 0, 64, 0, 0, 64, 56, 1, 64, 0, 0)
    return header + struct.pack(">IIQQQQQQ", 1, 4, 0, 0, 0, 120, 120, 4096)


with slimtest.workdir() as work:
    program = compiled(work)
    relocatable = compiled(work, "-c")
    stripped = slimtest.read_zip(slim_zip(work, program))["program"]
    no_sections = poked(poked(program, 40, *bytes(8)), 60, 0, 0, 0, 0)
    # name -> (content, part of the reason; None for what is no ELF file by its first bytes)
    files = {
        "payload": (program + b"PAYLOAD" * 100, "700 bytes behind its ELF part"),
        "payload_behind_zeros": (program + bytes(4096) + b"\x01", "4,097 bytes behind its ELF part"),
        "payload_before_table": (payload_before_table(program), "of which no header tells"),
        "node_sea_section": (with_section(work, program, "NODE_SEA_BLOB", b"blob"), "Node single executable"),
        "node_sea_note": (with_section(work, program, ".note.NODE_SEA", b"blob"), "Node single executable"),
        "pyinstaller": (with_section(work, program, "pydata", b"MEI"), "PyInstaller"),
        "bun": (with_section(work, program, ".bun", b"js"), "Bun program"),
        "hip.so": (with_section(work, program, ".hip_fatbin", b"code"), "HIP"),
        "no_sections": (no_sections, "no section table"),
        "upx": (upx_packed(work), "no section table"),
        "object.o": (relocatable, "object file"),
        "module.ko": (with_section(work, relocatable, ".modinfo", b"license=GPL"), "kernel module"),
        "archive.a": (archive(work, relocatable), None),
        "core": (poked(program, 16, 4, 0), "core file"),
        "big_endian.so": (big_endian(), "64-bit x86_64 and little-endian aarch64 only"),
        "i386": (i386(work), "64-bit x86_64 and little-endian aarch64 only"),
        "riscv": (poked(program, 18, 243, 0), "64-bit x86_64 and little-endian aarch64 only"),
        "freebsd": (poked(program, 7, 9), "another system"),
        "cut_off": (program[:len(program) // 2], "cut off"),
        "stripped": (stripped, "would not get smaller"),
    }
    files = {name: case for name, case in files.items() if case[0] is not None}
    package = slimtest.write_zip(work / "in.zip", {name: (0o100755, content) for name, (content, _) in files.items()})
    result = slimtest.report(package, "-o", work / "out.zip")
    kept = slimtest.read_zip(work / "out.zip")
    told = {file["path"]: file for file in result["files"]}
    for name, (content, reason) in files.items():
        assert kept[name] == content, name
        assert told[name]["action"] == "keep", told[name]
        reasons = [hold["reason"] for hold in told[name].get("holds", []) if hold["by"] == "elf-strip"]
        assert (reason is None and not reasons) or (len(reasons) == 1 and reason in reasons[0]), (name, reasons)

    # The same program without any of this does lose bytes.
    assert len(stripped) < len(program)
