#!/usr/bin/env python3
"""A layer of a container image: names of one file stay names of one file, files that delete others stay among tests that
go, and a program's capabilities stay with it."""
import io
import struct
import subprocess
import tarfile

import slimtest

CAPABILITY = struct.pack("<IIIII", 0x02000001, 1 << 10, 0, 0, 0)  # cap_net_bind_service, effective and permitted


def add(archive: tarfile.TarFile, name: str, content: bytes = b"", mode: int = 0o644, **fields) -> None:
    info = tarfile.TarInfo(name)
    info.mode, info.size = mode, len(content)
    for key, value in fields.items():
        setattr(info, key, value)
    archive.addfile(info, io.BytesIO(content))


with slimtest.workdir() as work:
    program = work / "program"
    subprocess.run(["gcc", "-g", "-x", "c", "-o", program, "-"], input=b"int main(void) { return 0; }", check=True)
    layer = work / "layer.tar"
    attributes = {"SCHILY.xattr.security.capability": CAPABILITY.decode("utf-8", "surrogateescape"), "SCHILY.xattr.user.note": "x"}
    site = "usr/lib/python3/site-packages"
    with tarfile.open(layer, "w", format=tarfile.PAX_FORMAT) as archive:
        add(archive, "etc/hosts", b"x")
        add(archive, "usr/bin/git", program.read_bytes(), 0o755)
        for i in range(50):
            add(archive, f"usr/libexec/git-{i}", type=tarfile.LNKTYPE, linkname="usr/bin/git", mode=0o755)
        add(archive, "usr/bin/web", program.read_bytes(), 0o755, pax_headers=attributes)
        add(archive, f"{site}/pkg/__init__.py", b"")
        add(archive, f"{site}/pkg-1.dist-info/METADATA", b"Name: pkg\n")
        add(archive, f"{site}/pkg/tests/test_x.py", b"import unittest\n")
        add(archive, f"{site}/pkg/tests/.wh.test_y.py", b"")
        add(archive, f"{site}/pkg/tests/.wh..wh..opq", b"")
    result = slimtest.report(layer, "-o", work / "out.tar")
    assert result["input"]["shape"] == "image-layer"
    totals = result["totals"]
    # A link takes no bytes of its own in a tar, but the files that it unpacks to are one.
    assert sum(file["unpacked_before"] for file in result["files"]) == totals["unpacked_before"]
    assert "packed_before" not in totals and totals["container_before"] == layer.stat().st_size
    done = slimtest.actions(result)
    assert done[f"{site}/pkg/tests/test_x.py"] == ("drop", "python-tests")
    assert done["usr/bin/git"] == done["usr/libexec/git-7"] == ("strip", "elf-strip")
    with tarfile.open(work / "out.tar", errors="surrogateescape") as archive:
        members = {info.name: info for info in archive}
        assert f"{site}/pkg/tests/.wh.test_y.py" in members and f"{site}/pkg/tests/.wh..wh..opq" in members
        links = [info for info in members.values() if info.islnk()]
        assert len(links) == 50 and {info.linkname for info in links} == {"usr/bin/git"}
        web = members["usr/bin/web"].pax_headers
        assert web["SCHILY.xattr.user.note"] == "x", web
        assert web["SCHILY.xattr.security.capability"].encode("utf-8", "surrogateescape") == CAPABILITY, web
        assert not any(key.startswith("LIBARCHIVE") for key in web)
    assert (work / "out.tar").stat().st_size < layer.stat().st_size
    slimtest.slim(work / "out.tar", "-o", work / "again.tar")
    assert (work / "again.tar").read_bytes() == (work / "out.tar").read_bytes()

    # Where the plan does other things with two names, they are two files.
    slimtest.slim(layer, "-o", work / "two.tar", "--keep-strip", "usr/bin/git")
    with tarfile.open(work / "two.tar", errors="surrogateescape") as archive:
        members = {info.name: info for info in archive}
        assert members["usr/bin/git"].isreg() and members["usr/libexec/git-0"].isreg() and members["usr/libexec/git-1"].islnk()
        assert archive.extractfile("usr/bin/git").read() == program.read_bytes()
