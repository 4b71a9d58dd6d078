#!/usr/bin/env python3
"""slim - reads a package from standard input, and -o - writes a zip to standard output: the same bytes as with files, all of
them or none, with no report between them."""
import io
import os
import pty
import subprocess
import tarfile

import slimtest

FILES = {"app.py": "import pkg\n", "pkg/__init__.py": "x = 1\n", "pkg/tests/test_x.py": "import pytest\n", "pkg/tests/__init__.py": "",
         "pkg/tests/conftest.py": "import pytest\n"}


def run(*args, given: bytes = b"", code: int = 0, env: dict | None = None) -> subprocess.CompletedProcess:
    done = subprocess.run([slimtest.SLIM, *map(str, args)], input=given, capture_output=True, cwd=work, env={**os.environ, **(env or {})})
    assert done.returncode == code, (args, done)
    return done


def refused(*args, part: str, given: bytes = b"") -> None:
    error = run(*args, given=given, code=2).stderr.decode()
    assert part in error and error.startswith("slim: ") and error.count("\n") == 1, error


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "out.zip", "-q")
    wanted = (work / "out.zip").read_bytes()
    given = package.read_bytes()
    scratch = work / "scratch"
    scratch.mkdir()
    place = {"TMPDIR": str(scratch)}

    # The report goes where it can't mix with the zip; quiet, nowhere.
    told = run(package, "-o", "-", env=place)
    assert told.stdout == wanted and "standard output" in told.stderr.decode(), told
    for args in ((package, "-o", "-", "-q"), ("-", "-o", "-", "-q")):
        done = run(*args, given=given, env=place)
        assert done.stdout == wanted and done.stderr == b"", done
    assert run("-", "-o", work / "piped.zip", given=given, env=place).stdout.startswith(b"slim -")
    assert (work / "piped.zip").read_bytes() == wanted
    assert run("-", "-o", "-", "-q", given=wanted, env=place).stdout == wanted, "a second run changes nothing"
    assert os.listdir(scratch) == [] and not (work / "-").exists()

    # What it is, is told by its content: any tar, too.
    for mode in ("w", "w:gz", "w:xz"):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode=mode) as archive:
            for name, text in FILES.items():
                info = tarfile.TarInfo(name)
                info.size, info.mode = len(text), 0o644
                archive.addfile(info, io.BytesIO(text.encode()))
        assert run("-", "-o", "-", "-q", given=packed.getvalue(), env=place).stdout == wanted, mode

    # Every command that reads a package reads this one.
    assert b"pkg/__init__.py" in run("explain", "-", "pkg/__init__.py", given=given).stdout
    assert b"findings" in run("check", "-", "--json", "-", given=given).stdout
    assert b"python-tests" in run("rules", "-", given=given).stdout
    assert run("diff", "-", package, given=given).stdout.startswith(b"slim diff")
    assert b"[budget]" in run("init", "-", "-o", "-", given=given).stdout

    # Nothing at all, cut short, or no package.
    for wrong, part in ((b"", "standard input: holds nothing"), (given[:-10], "standard input: "), (b"text", "standard input: ")):
        refused("-", "-o", work / "none.zip", given=wrong, part=part)
        refused("-", "-o", "-", given=wrong, part=part)
    assert not (work / "none.zip").exists() and run("-", "-o", "-", code=2).stdout == b""
    refused("check", "-", "-", given=given, part="can be read once")
    refused("check", package, "--layer", "-", "--layer", "-", given=given, part="can be read once")
    refused("diff", "-", "-", given=given, part="can be read once")
    refused("-", "--in-place", given=given, part="--in-place is for folders")
    refused("-", "-o", work / "x.whl", given=given, part="a wheel is known by its file's name")
    for kind in ("json", "markdown", "html", "sbom", "trace"):
        refused(package, "-o", "-", f"--{kind}", "-", part="standard output takes one of them")
    refused(package, "-n", "--sbom", "-", "--trace", "-", part="standard output takes one report")
    for flag in ("--debug-dir", "--rules", "--config"):
        refused(package, "-n", flag, "-", part="is no stream")

    # Other reports go there as well, alone.
    assert run(package, "-n", "--sbom", "-").stdout.startswith(b"{") and not (work / "-").exists()
    assert run(package, "-n", "--trace", "-").stdout.startswith((b"{", b"["))
    assert run(package, "-o", "-", "--json", work / "report.json").stdout == wanted and (work / "report.json").exists()

    # An output that fails a check never shows, and a reader that goes away is told of.
    full = subprocess.run([slimtest.SLIM, package, "-o", "-", "-q"], stdout=open("/dev/full", "wb"), stderr=subprocess.PIPE,
                          env={**os.environ, **place})
    assert full.returncode == 2 and b"standard output" in full.stderr, full
    read, write = os.pipe()
    os.close(read)
    gone = subprocess.run([slimtest.SLIM, package, "-o", "-", "-q"], stdout=write, stderr=subprocess.PIPE, env={**os.environ, **place})
    assert gone.returncode == 2 and b"standard output" in gone.stderr, gone
    assert os.listdir(scratch) == []

    for closed, args in ((1, [package, "-o", "-", "-q"]), (0, ["-", "-n", "-q"])):
        done = subprocess.run([slimtest.SLIM, *args], stderr=subprocess.PIPE, cwd=work, timeout=60, preexec_fn=lambda: os.close(closed))
        assert done.returncode == 2 and b"is closed" in done.stderr, done

    # A person at a terminal is neither read from nor sent a zip.
    ours, theirs = pty.openpty()
    seen = subprocess.run([slimtest.SLIM, package, "-o", "-"], stdout=theirs, stderr=subprocess.PIPE)
    assert seen.returncode == 2 and b"is a terminal" in seen.stderr, seen
    seen = subprocess.run([slimtest.SLIM, "-", "-n"], stdin=theirs, capture_output=True)
    assert seen.returncode == 2 and b"is a terminal" in seen.stderr, seen
