#!/usr/bin/env python3
"""Of a tar's members of one name the later one counts, as for GNU tar, whose result slim's must equal; hard links keep
what they were made of; what unpackers disagree about is refused."""
import io
import os
import subprocess
import tarfile

import slimtest


def member(name: str, content: str | None = None, *, link: str = "", hard: str = "", mode: int = 0o644) -> tuple:
    info = tarfile.TarInfo(name)
    info.mode = mode
    if link or hard:
        info.type, info.linkname = (tarfile.SYMTYPE, link) if link else (tarfile.LNKTYPE, hard)
    elif content is None:
        info.type, info.mode = tarfile.DIRTYPE, 0o755
    else:
        info.size = len(content)
    return info, (content or "").encode()


def write(path, *members) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for info, content in members:
            archive.addfile(info, io.BytesIO(content))


def tree(folder) -> dict:
    found = {}
    for root, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(root, name)
            kind = os.readlink(path) if os.path.islink(path) else "folder" if os.path.isdir(path) else open(path).read()
            found[os.path.relpath(path, folder)] = (kind, os.lstat(path).st_mode & 0o777)
    return found


with slimtest.workdir() as work:
    tar = work / "in.tar.gz"
    write(tar,
          member("bin/activate", "old"), member("bin/data", "text"), member("kept", "first"),
          member("bin/activate", "new", mode=0o755),            # a file twice, with another mode
          member("hard", hard="kept"), member("kept", "second"),  # the link keeps what it was made of
          member("hard2", hard="kept"), member("same", hard="hard2"), member("same", hard="hard2"),
          member("to-link", "file"), member("to-link", link="kept"),
          member("to-file", link="kept"), member("to-file", "file now"),
          member("to-folder", "file"), member("to-folder"), member("to-folder/x", "in it"),
          member("empty"), member("empty", link="bin"),
          member("folder"), member("folder/x", "1"), member("folder"), member("folder/x", "2"))
    expected = work / "expected"
    expected.mkdir()
    subprocess.run(["tar", "-xzf", tar, "-C", expected], check=True)
    result = slimtest.report(tar, "-o", work / "out.tar.gz")
    assert [f["message"].split(" ")[0] for f in result["findings"] if f["id"] == "replaced-members"] == ["8"], result["findings"]
    (work / "out").mkdir()
    subprocess.run(["tar", "-xzf", work / "out.tar.gz", "-C", work / "out"], check=True)
    slimtest.slim(tar, "-o", f"{work}/folder/")
    assert tree(work / "out") == tree(expected), (tree(work / "out"), tree(expected))
    assert tree(work / "folder") == tree(expected)
    assert tree(expected)["hard"][0] == "first" and tree(expected)["hard2"][0] == "second"
    slimtest.slim(work / "out.tar.gz", "-o", work / "again.tar.gz")
    assert (work / "again.tar.gz").read_bytes() == (work / "out.tar.gz").read_bytes()

    for members, word in [
            ([member("d"), member("d/f", "x"), member("d", link="/etc")], "folder with content first"),
            ([member("d/f", "x"), member("d", "file")], "folder with content first"),
            ([member("d", link="/tmp"), member("d/f", "x"), member("d")], "lies below 'd', which is a symlink"),
            ([member("d", "file"), member("d/f", "x")], "lies below 'd', which is a file"),
            ([member("h", hard="h")], "which no earlier entry is")]:
        write(tar, *members)
        assert word in slimtest.slim(tar, "-n", code=2).stderr, word
    # A zip has a table, in which two entries of one name are no order of events.
    with slimtest.zipfile.ZipFile(work / "twice.zip", "w") as archive:
        archive.writestr("a", "1")
        archive.writestr("a", "2")
    assert "'a' is there twice" in slimtest.slim(work / "twice.zip", "-n", code=2).stderr
