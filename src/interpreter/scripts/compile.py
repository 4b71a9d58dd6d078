# Compiles sources to bytecode, one request after the other; nothing of them is run.
# Request on standard input: two 32-bit numbers (little-endian), the lengths of the file name and of the source, and both.
# Answer: one 32-bit number, the length of what follows: the marshalled code, without a header; 0 where it does not compile.
# Every source is compiled in a process of its own, forked from one that has compiled none: marshal marks what is
# referred to more than once in the whole process, so that the bytes would depend on what was compiled before.
import marshal
import os
import struct
import sys
import warnings

warnings.simplefilter("ignore")
ask, answer = sys.stdin.buffer, sys.stdout.buffer


def compiled(name, source):
    try:
        return marshal.dumps(compile(source, name, "exec", dont_inherit=True, optimize=0))
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return b""


def send(data):
    answer.write(struct.pack("<I", len(data)) + data)
    answer.flush()


send(("%d.%d %s" % (sys.version_info[0], sys.version_info[1], sys.implementation.cache_tag)).encode())
while True:
    head = ask.read(8)
    if len(head) < 8:
        break
    name_size, source_size = struct.unpack("<II", head)
    name = os.fsdecode(ask.read(name_size))
    source = ask.read(source_size)
    child = os.fork()
    if child == 0:
        send(compiled(name, source))
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        send(b"")  # it crashed, as a parser may on hostile source
