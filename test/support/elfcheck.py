"""An ELF reader for tests, made from the gABI and independent of slim's: what a loader demands of a 64-bit little-endian
file, and whether a library loads."""
import json
import pathlib
import struct
import subprocess
import sys

import slimtest

PT_LOAD = 1
SHF_ALLOC = 2
PAGE = 4096


def is_elf(path) -> bool:
    path = pathlib.Path(path)
    if path.is_symlink() or not path.is_file():
        return False
    with open(path, "rb") as file:
        return file.read(6) == b"\x7fELF\x02\x01"


def machine(data: bytes) -> int:
    return struct.unpack_from("<H", data, 18)[0]


def segments(data: bytes) -> list:
    """(type, offset, address, file size, memory size, alignment) of each program header."""
    table = struct.unpack_from("<Q", data, 32)[0]
    size, count = struct.unpack_from("<HH", data, 54)
    headers = (struct.unpack_from("<IIQQQQQQ", data, table + i * size) for i in range(count))
    return [(kind, offset, address, file_size, memory_size, align)
            for kind, _, offset, address, _, file_size, memory_size, align in headers]


def sections(data: bytes) -> list:
    """(offset of the header, name, type, flags) of each section."""
    table = struct.unpack_from("<Q", data, 40)[0]
    size, count, names = struct.unpack_from("<HHH", data, 58)
    if not table:
        return []
    places = [table + i * size for i in range(count)]
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, place) for place in places]
    text = headers[names][4]
    return [(place, data[text + h[0]:data.index(b"\0", text + h[0])].decode(), h[1], h[2]) for place, h in zip(places, headers)]


def unloaded_sections(data: bytes) -> list:
    """The names of the sections that don't count as loaded."""
    return [name for _, name, _, flags in sections(data) if not flags & SHF_ALLOC]


def faults(data: bytes) -> list:
    """What a loader would refuse: glibc before 2.35 insists on p_align, mmap on the page."""
    out, last_address = [], -1
    for kind, offset, address, file_size, memory_size, align in segments(data):
        if file_size and offset + file_size > len(data):
            out.append("a segment runs over the end of the file")
        if kind != PT_LOAD:
            continue
        if (address - offset) % PAGE:
            out.append("a segment is not congruent with the page")
        if align > 1 and (address - offset) % align:
            out.append("a segment is not congruent with its p_align")
        if address <= last_address:
            out.append("addresses don't ascend")
        if file_size > memory_size:
            out.append("a segment is larger in the file than in memory")
        last_address = address
    return out


def loaded_bytes(data: bytes) -> list:
    """What gets into memory: each loaded segment with its bytes, but for the fields that say where things lie, for
    what patchelf has overwritten with X or Z at a segment's end, which the loader may fill with zeros instead, and for
    alignments above the largest page of the processor."""
    data = bytearray(data)
    largest_page = {62: 4096, 183: 65536}.get(machine(data), 1 << 63)
    table = struct.unpack_from("<Q", data, 32)[0]
    headers = segments(data)
    data[32:48] = bytes(16)
    data[60:64] = bytes(4)
    for i in range(len(headers)):
        data[table + i * 56 + 8:table + i * 56 + 16] = bytes(8)
        data[table + i * 56 + 32:table + i * 56 + 40] = bytes(8)
        data[table + i * 56 + 48:table + i * 56 + 56] = bytes(8)
    return [(kind, address, memory_size, min(align, largest_page), bytes(data[offset:offset + file_size]).rstrip(b"XZ\0"))
            for kind, offset, address, file_size, memory_size, align in headers]


LOAD = """
import ctypes, os, sys
try:
    ctypes.CDLL(sys.argv[1], mode=os.RTLD_NOW)
    print("loads")
except OSError as error:
    print(str(error).rsplit("/", 1)[-1])
"""


def load(path, folders=()) -> str:
    """"loads", or why not; in a process of its own."""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", LOAD, str(path)], capture_output=True, text=True, timeout=120,
                          env={"LD_LIBRARY_PATH": ":".join(map(str, folders))})
    return done.stdout.strip() or f"exit {done.returncode}"


# Each library in a process of its own, forked from one interpreter: starting one under qemu takes a second.
_LOAD_ALL = """
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
            os.write(write, str(error).rsplit("/", 1)[-1].encode()[:300])
        os._exit(0)
    os.close(write)
    answers[path] = os.read(read, 400).decode() or "crashed"
    os.close(read)
    os.waitpid(child, 0)
print(json.dumps(answers))
"""


def load_on_arm64(folder: pathlib.Path, names: list, timeout: int | None = None) -> dict:
    """For each of the names below the folder "loads", or why an arm64 Python can't load it (RTLD_NOW)."""
    python = slimtest.arm64_python()
    folders = sorted({folder / pathlib.Path(name).parent for name in names})
    command = [python[0], "-E", "LD_LIBRARY_PATH=" + ":".join(map(str, folders)), *python[1:], "-I", "-S", "-c", _LOAD_ALL]
    done = subprocess.run(command, input="\n".join(str(folder / name) for name in names), capture_output=True, text=True,
                          timeout=timeout)
    answers = json.loads(done.stdout.splitlines()[-1])
    return {name: answers[str(folder / name)] for name in names}
