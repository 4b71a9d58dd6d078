#!/usr/bin/env python3
# timeout: 600
"""A server that is dead, silent, slow, refuses or dies half-way is left alone: the run succeeds, with the same bytes and one note."""
import os
import socket
import ssl
import subprocess
import time

import slimtest
from cache_server import free_port, machine, nginx, server
from cache_support import notes, run, write_package

PATIENCE = 60  # seconds: not how long it takes, but that it ends


def status(number, **headers):
    def answer(handler, _):
        handler.reply(number, b"no", **headers)
        return True
    return answer


def hang_up(handler, _):
    handler.connection.close()
    handler.close_connection = True
    return True


def drip(handler, _):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)
    return True


def cut_short(handler, stored):
    body = stored.get(handler.path)
    if body is None:
        return False
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[:len(body) // 2])
    handler.close_connection = True
    return True


with slimtest.workdir() as work:
    package = write_package(work)
    out = work / "out.zip"
    slimtest.slim(package, "-o", out)
    plain = slimtest.sha256(out)
    with server() as full:
        run(package, out, machine(work, "filler", SLIM_CACHE=full.address))
        stored = dict(full.stored)
    count = 0

    def check(address, *words, told=1, args=()) -> dict:
        """A new machine's run with this server."""
        global count
        count += 1
        start = time.monotonic()
        report = run(package, out, machine(work, count, SLIM_CACHE=address), *args)
        assert time.monotonic() - start < PATIENCE, f"{address}: held up for {time.monotonic() - start:.0f} s"
        assert slimtest.sha256(out) == plain
        assert len(notes(report)) == told, notes(report)
        assert not told or all(word in notes(report)[0] for word in words), notes(report)
        return report["cache"]

    def check_server(answer, *words, told=1, put=None, args=()):
        with server(answer, put) as one:
            one.stored.update(stored)
            use = check(one.address, one.address, *words, told=told, args=args)
            return use, one.requests

    # Nobody there; a name that nobody has; an address that is none.
    dead = f"http://127.0.0.1:{free_port()}"
    check(dead, dead, "left alone", "connect")
    check("http://cache.invalid:1/x", "left alone", "resolve")
    for nonsense in ("http://", "https://host:port/", "http://h/?query", "ftp://127.0.0.1/x"):
        check(nonsense, "address")
    error = slimtest.slim(package, "-o", out, "--cache", "ftp://me:secret@host/", code=2).stderr
    assert "http://" in error and error.count("\n") == 1 and "secret" not in error, error

    # It takes the connection, and never says a word: the listening socket of a program that hangs.
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        use = check(f"http://127.0.0.1:{silent.getsockname()[1]}", "left alone")
        assert use["from_server"] == use["sent"] == 0

    # It refuses, fails, hangs up, answers with pages for people, or a byte at a time.
    for number, word in ((401, "USER:PASSWORD"), (403, "403"), (500, "500"), (503, "503"), (400, "400"), (302, "302")):
        use, requests = check_server(status(number), "left alone", word)
        assert use["from_server"] == 0 and 0 < len(requests) <= 16, (number, len(requests))
    check_server(hang_up, "left alone")
    check_server(drip, "left alone")
    check_server(cut_short, "left alone")
    check_server(lambda handler, _: handler.reply(200, b"<html>log in first</html>") or True, "left alone", "no result")

    # It is in order, but takes its time: longer than all of the package takes without it.
    use, requests = check_server(lambda *_: time.sleep(1.5), "longer than making", args=("-j", "1"))
    assert len(requests) < len(stored), len(requests)

    # Redirects: within HTTP they are followed, for a while; elsewhere never.
    with server() as real:
        real.stored.update(stored)

        def redirect(handler, _):
            handler.reply(307, Location=real.address + handler.path)
            return True

        use, _ = check_server(redirect, told=0)
        assert use["from_server"] > 10 and use["missed"] == 1, use
    secret = work / "secret"
    secret.write_text("x")
    check_server(status(302, Location=f"file://{secret}"), "left alone")
    check_server(lambda handler, _: handler.reply(302, Location=handler.path) or True, "left alone")

    # It answers, but takes nothing: it is read all the same, as where only some may write.
    with server(put=lambda handler, body: handler.reply(403) or True) as read_only:
        read_only.stored.update(list(stored.items())[:-8])
        use = check(read_only.address, "takes no results", "403")
        assert use["from_server"] > 5 and use["sent"] == 0, use
        puts = [path for method, path, _ in read_only.requests if method == "PUT"]
        assert len(puts) <= 8, puts
    # Too large for it: that one is not sent, the others are.
    largest = max(len(body) for body in stored.values())

    def no_large(handler, body):
        return len(body) == largest and (handler.reply(413) or True)

    with server(put=no_large) as choosy:
        use = check(choosy.address, "1 results did not reach")
        assert use["sent"] > 10, use

    # It dies in the middle of the run: after so many requests nobody is there any more.
    for last in (1, 5, 9, 20):
        with server() as dying:
            dying.stored.update(stored)

            def die(handler, _):
                if len(dying.requests) <= last:
                    return False
                dying.socket.close()
                handler.connection.close()
                handler.close_connection = True
                return True
            dying.answer = die
            dying.put = die
            check(dying.address, "left alone")

    # A user and a password: without them 401, with them all is well, and nobody gets to read them.
    users = work / "users"
    users.write_text("me:{PLAIN}s3cret\n")
    with nginx(work, f"auth_basic x; auth_basic_user_file {users};") as (address, _):
        check(address, "left alone", "401", "USER:PASSWORD")
        named = address.replace("//", "//me:s3cret@")
        assert check(named, told=0)["sent"] > 10
        wrong = address.replace("//", "//me:wr0ng@")
        text = slimtest.slim(package, "-o", out, "--cache", wrong, "--trace", work / "t.json", "--stats",
                             env=machine(work, "wrong")).stdout
        assert "401" in text and "wr0ng" not in text + (work / "t.json").read_text(), text
        report = run(package, out, machine(work, "wrong2", SLIM_CACHE=wrong))
        assert "wr0ng" not in str(report) and "me:" not in str(report)

    # HTTPS, of a server that this machine has no reason to believe, and then of one that it has.
    pem = work / "server.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", pem, "-out", work / "cert.pem", "-days", "2",
                    "-subj", "/CN=cache", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(work / "cert.pem", pem)
    with server(tls=tls) as safe:
        check(safe.address, "left alone", "certificate")
        assert not safe.requests
        report = run(package, out, machine(work, "believes", SLIM_CACHE=safe.address, SSL_CERT_FILE=str(work / "cert.pem")))
        assert notes(report) == [] and report["cache"]["sent"] > 10, notes(report)

    # Through a proxy, by the usual variable.
    with server() as proxy:
        report = run(package, out, machine(work, "behind", SLIM_CACHE="http://cache.invalid/path", http_proxy=proxy.address, no_proxy=""))
        assert notes(report) == [] and report["cache"]["sent"] > 10
        assert all(path.startswith("http://cache.invalid/path/") for _, path, _ in proxy.requests), proxy.requests[:3]

    # Nothing is said to a server that only slim.toml names: it may name none.
    with server() as tempting:
        project = work / "project"
        project.mkdir()
        os.rename(package, project / "in.zip")
        (project / "slim.toml").write_text(f'cache = "{tempting.address}"\n')
        error = slimtest.slim(project / "in.zip", "-o", out, code=2, env=machine(work, "toml")).stderr
        assert "unknown key 'cache'" in error and not tempting.requests, error
