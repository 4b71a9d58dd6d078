#!/usr/bin/env python3
"""A cache that others may write to can lie in any way it likes: no byte of the package changes, and the run neither fails nor swells.

The lies go from noise to results that are whole, well sealed and of the right key, but of other contents.
"""
import hashlib
import os
import random
import shutil
import struct
import subprocess
import zlib

import slimtest
from cache_server import machine, server
from cache_support import notes, run, values_in, write_package

SEAL = 8 + 32 + 16
random.seed(5)


def varint(value: int) -> bytes:
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7f | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number: int, value: bytes) -> bytes:
    return bytes([number << 3 | 2]) + varint(len(value)) + value


def action_result(digest: str, size: int, path: bytes = b"slim-result") -> bytes:
    return field(2, field(1, path) + field(2, field(1, digest.encode()) + b"\x10" + varint(size)))


def sealed(key: bytes, value: bytes) -> bytes:
    digest = subprocess.run(["xxh128sum"], input=value, capture_output=True, check=True).stdout.split()[0]
    high, low = int(digest[:16], 16), int(digest[16:32], 16)
    return b"slim.c2\n" + key + struct.pack("<QQ", high, low) + value


def blobs(stored: dict) -> dict:
    """key -> value, of what slim has sent to a server."""
    out = {}
    for path, body in stored.items():
        if path.startswith("/cas/"):
            key = body[8:40]
            assert f"/ac/{key.hex()}" in stored
            out[key] = body[SEAL:]
    return out


def serve(values: dict, stored: dict, seal=sealed):
    for key, value in values.items():
        body = seal(key, value)
        digest = hashlib.sha256(body).hexdigest()
        stored[f"/cas/{digest}"] = body
        stored[f"/ac/{key.hex()}"] = action_result(digest, len(body))


def entry(content: bytes, deflated: bool = True) -> bytes:
    """A packed file, as values hold it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush() if deflated else content
    return bytes([deflated]) + struct.pack("<QIQ", len(content), zlib.crc32(content), len(packed)) + packed


def of_entry(value: bytes) -> bytes | None:
    """The content in a value that is a packed file, else None."""
    if len(value) < 21 or value[0] > 1:
        return None
    size, crc, packed = struct.unpack("<QIQ", value[1:21])
    if len(value) != 21 + packed:
        return None
    content = zlib.decompress(value[21:], -15) if value[0] else value[21:]
    return content if len(content) == size and zlib.crc32(content) == crc else None


def other_content(value: bytes) -> bytes:
    """The same, of other contents, of which only a comparison with the right ones can tell."""
    content = of_entry(value)
    if content is not None:
        return entry(content[:-1] + bytes([content[-1] ^ 1]), bool(value[0]))
    at = value.find(b"\x78") if not value else random.randrange(len(value))
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1:]


def zeros(value: bytes) -> bytes:
    """Unpacks to far more than it says."""
    content = of_entry(value) or bytes(100)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(bytes(len(content) * 900)) + packer.flush()
    return bytes([1]) + struct.pack("<QIQ", len(content), zlib.crc32(content), len(bomb)) + bomb


def claims(value: bytes) -> bytes:
    """A length that is not there."""
    return value[:13] + struct.pack("<Q", 1 << 62) + value[21:]


LIES = {
    "other contents": other_content,
    "nothing": lambda value: b"",
    "noise": lambda value: random.randbytes(min(len(value), 30_000)),
    "cut": lambda value: value[:len(value) // 2],
    "a bomb": zeros,
    "lengths": claims,
    "a bool that is neither": lambda value: b"\xff" + value[1:],
    "stored, though it deflates": lambda value: entry(of_entry(value), False) if of_entry(value) else value[:-1],
}

with slimtest.workdir() as work:
    if shutil.which("xxh128sum") is None:
        slimtest.skip("xxh128sum is not installed")
    package = write_package(work)
    out = work / "out.zip"
    slimtest.slim(package, "-o", out)
    plain = slimtest.sha256(out)
    with server() as full:
        run(package, out, machine(work, "filler", SLIM_CACHE=full.address))
        values = blobs(full.stored)
        stored = dict(full.stored)
    assert sum(of_entry(value) is not None for value in values.values()) >= 6, "the test reads values wrongly"

    # What the test would serve is what slim takes, if it is the truth.
    with server() as honest:
        serve(values, honest.stored)
        use = run(package, out, machine(work, "honest", SLIM_CACHE=honest.address))["cache"]
        assert use["from_server"] == len(values) and use["wrong"] == 0, use

    for lie, tell in LIES.items():
        with server() as lying:
            serve({key: tell(value) for key, value in values.items()}, lying.stored)
            env = machine(work, f"liar {lie}", SLIM_CACHE=lying.address)
            report = run(package, out, env)
            assert slimtest.sha256(out) == plain, lie
            assert report["cache"]["wrong"] >= 1 or report["cache"]["from_server"] == 0, (lie, report["cache"])
            assert len(notes(report)) == 1 and "left alone" in notes(report)[0], (lie, notes(report))
            # None of it has got into this machine's own folder.
            assert run(package, out, {**env, "SLIM_CACHE": ""})["cache"]["wrong"] == 0
            assert slimtest.sha256(out) == plain, lie

    # One lie alone is mended: the right result takes its place.
    with server() as mended:
        serve(values, mended.stored)
        key = next(key for key, value in values.items() if of_entry(value))
        serve({key: other_content(values[key])}, mended.stored)
        use = run(package, out, machine(work, "mender", SLIM_CACHE=mended.address))["cache"]
        assert use["wrong"] == 1 and use["sent"] == 1 and slimtest.sha256(out) == plain, use
        use = run(package, out, machine(work, "after", SLIM_CACHE=mended.address))["cache"]
        assert use["wrong"] == 0 and use["from_server"] == len(values), use

    # Below the seal: answers that are none, of any size, under other names.
    def endless(handler, _):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        chunk = b"100000\r\n" + bytes(1 << 20) + b"\r\n"
        while True:
            handler.wfile.write(chunk)

    def huge(handler, _):
        handler.send_response(200)
        handler.send_header("Content-Length", str(1 << 50))
        handler.end_headers()
        handler.wfile.write(bytes(1 << 16))
        return True

    def headers(handler, _):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Y: " + b"z" * 100_000 + b"\r\n" * 1)
        while True:
            handler.wfile.write(b"X-Y: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\r\n" * 1000)

    def not_http(handler, _):
        handler.wfile.write(random.randbytes(10_000))
        handler.close_connection = True
        return True

    def of_cas(lie):
        def answer(handler, served):
            return handler.path.startswith("/cas/") and lie(handler, served)
        return answer

    some_cas = next(path for path in stored if path.startswith("/cas/"))
    swapped = dict(zip((path for path in stored if path.startswith("/ac/")),
                       [body for path, body in stored.items() if path.startswith("/ac/")][::-1]))
    flipped = {path: body[:-1] + bytes([body[-1] ^ 1]) for path, body in stored.items() if path.startswith("/cas/")}
    noise = {path: random.randbytes(200) for path in stored if path.startswith("/ac/")}
    wide = {path: action_result(some_cas[5:], 1 << 60) for path in stored if path.startswith("/ac/")}
    upper = {path: action_result("G" * 64, 100) for path in stored if path.startswith("/ac/")}
    for name, answer, replaced in [("endless", endless, {}), ("huge", huge, {}), ("headers", headers, {}), ("no HTTP", not_http, {}),
                                   ("endless bytes", of_cas(endless), {}), ("huge bytes", of_cas(huge), {}),
                                   ("swapped", None, swapped), ("flipped", None, flipped), ("noise", None, noise),
                                   ("wide", None, wide), ("upper", None, upper)]:
        with server(answer) as lying:
            lying.stored.update({**stored, **replaced})
            env = {**os.environ, **machine(work, f"raw {name}", SLIM_CACHE=lying.address)}
            process = subprocess.Popen([slimtest.SLIM, package, "-o", out, "-q", "--stats", "--json", work / "report.json"], env=env)
            _, code, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(code)
            assert process.returncode == 0 and slimtest.sha256(out) == plain, name
            assert usage.ru_maxrss < 800_000, f"{name}: {usage.ru_maxrss} kB"
            assert slimtest.json.loads((work / "report.json").read_text())["cache"]["from_server"] == 0, name

    # A folder that others can write to is believed no more than a server; a folder of one's own is.
    shared = work / "shared"
    run(package, out, machine(work, "owner"), "--cache", shared)
    poisoned = 0
    for path in values_in(shared):
        body = path.read_bytes()
        if of_entry(body[SEAL:]) is not None:
            path.write_bytes(sealed(body[8:40], other_content(body[SEAL:])))
            poisoned += 1
    shared.chmod(0o777)
    use = run(package, out, machine(work, "guest"), "--cache", shared)["cache"]
    assert use["wrong"] == poisoned and slimtest.sha256(out) == plain, use
    assert run(package, out, machine(work, "guest"), "--cache", shared)["cache"]["wrong"] == 0
