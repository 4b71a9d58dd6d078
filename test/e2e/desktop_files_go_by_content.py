#!/usr/bin/env python3
"""What file managers, sync programs, editors and archivers leave goes by what is in it; what only has its name stays."""
import io
import os
import tarfile

import slimtest

APPLE = (b"\0\5\x16\7\0\2\0\0Mac OS X        \0\2\0\0\0\t\0\0\0\x32\0\0\0\x5e\0\0\0\2\0\0\0\x90\0\0\0\0"
         + b"\0" * 34 + b"ATTR\0\0\0\0\0\0\0\x90\xff\xfe\xe9\x80com.apple.quarantine\0q/0083;663f;Safari;\xde\xad")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def pax(**records) -> bytes:
    out = b""
    for key, value in records.items():
        line = f" {key}={value}\n".encode()
        size = next(size for size in range(len(line), len(line) + 9) if size == len(str(size)) + len(line))
        out += str(size).encode() + line
    return out


LEFT = {
    "._app.py": APPLE, "._pkg": APPLE, "pkg/._data.csv": APPLE, "pkg/__pycache__/._m.cpython-312.pyc": APPLE, "._x.pth": APPLE, "tzdata/._zones": APPLE,
    "._six-1.0.dist-info": APPLE, "pkg/tests/._t.py": APPLE, "pkg/._single": b"\0\5\x16\0" + APPLE[4:], "__MACOSX/._app.py": APPLE,
    "__MACOSX/pkg/._data.csv": APPLE, "pkg/.AppleDouble/data.csv": APPLE, "pkg/@eaDir/data.csv@SynoEAStream": APPLE,
    ".DS_Store": b"\0\0\0\1Bud1\0\0\x10\0", "pkg/.DS_Store": b"\0\0\0\1Bud1\0\0\x10\0", "pkg/Thumbs.db": OLE, "pkg/ehthumbs.db": OLE,
    "pkg/desktop.ini": "\r\n[.ShellClassInfo]\r\nIconResource=x\r\n", "Desktop.ini": "\ufeff[ViewState]\r\n".encode("utf-16"),
    "pkg/.directory": "[Dolphin]\nTimestamp=2024,1,2,3,4,5\n", ".directory": "[Desktop Entry]\nIcon=folder-red\n",
    "app.py:Zone.Identifier": "[ZoneTransfer]\r\nZoneId=3\r\n", "pkg/app.py\uf03aZone.Identifier": "[ZoneTransfer]\r\nZoneId=3\r\n",
    ".stfolder/syncthing-folder-1a2b.txt": "# This directory is a Syncthing folder marker.\n# Do not delete.\n\ncreated: 2024-01-02\n",
    ".dropbox": '{"tag": "dropbox", "ns": 123}', "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n",
    ".app.py.swp": b"b0VIM 9.0\0\0\0" + b"\0" * 100, "pkg/.swo": b"b0VIM 8.2", "pkg/.nfs00000000012345670000000a": "x", "pkg/.fuse_hidden0000001200000003": "x",
    "pax_global_header": pax(comment="0123456789" * 4), "PaxHeaders.123/app.py": pax(mtime="1700000000.25", atime="1700000001.5"),
}
STAYS = {
    "app.py": "", "pkg/__init__.py": "", "pkg/m.py": "", "pkg/data.csv": "1", "._notes.txt": "mine", "pkg/._x.pth": "lib\n", "__MACOSX/readme.txt": "mine",
    "real/.DS_Store": "mine", "real/Thumbs.db": "SQLite format 3", "real/desktop.ini": "[mine]\nx=1\n", "real/.directory": "mine", "real/CACHEDIR.TAG": "mine",
    "real/x.doc": OLE, "real/x.bin": APPLE, "real/x.desktop": "[Desktop Entry]\nName=x\n", "real/.x.swp": "mine", "real/.nfs12": "x", "real/.nfsrc": "x",
    "real/pax_global_header": "52 comment", "real/Zone.Identifier.txt": "[ZoneTransfer]", "real/.dropbox": "{}", "real/.fuse_hidden": "x",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {**LEFT, **STAYS})
    slimtest.slim(package, "-o", work / "out.zip")
    left = set(slimtest.read_zip(work / "out.zip"))
    assert left == set(STAYS), (left - set(STAYS), set(STAYS) - left)
    slimtest.slim(work / "out.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "again.zip") == slimtest.sha256(work / "out.zip")
    # With and without: the same bytes.
    slimtest.slim(slimtest.write_zip(work / "clean.zip", STAYS), "-o", work / "clean-out.zip")
    assert slimtest.sha256(work / "clean-out.zip") == slimtest.sha256(work / "out.zip")
    # Each is told with its rule, and can be held.
    plan = slimtest.actions(slimtest.report(package))
    assert {plan[path][1] for path in LEFT} == {"apple-double", "desktop-files", "folder-settings", "editor-files", "pax-headers", "deleted-while-open"}, plan
    assert slimtest.actions(slimtest.report(package, "--keep", "._app.py"))["._app.py"][0] == "keep"
    explained = slimtest.slim("explain", package, "._app.py").stdout
    assert "apple-double" in explained, explained

    # An editor's lock is a link to nowhere; another link of such a name stays.
    folder = work / "folder"
    folder.mkdir()
    (folder / "app.py").write_text("")
    os.symlink("me@host.example.1234:1700000000", folder / ".#app.py")
    os.symlink("app.py", folder / ".#other")
    slimtest.slim(folder, "-o", work / "folder-out/")
    assert sorted(os.listdir(work / "folder-out")) == [".#other", "app.py"], os.listdir(work / "folder-out")

    # A tar as a Mac packs it, and the zip of its Finder: no folder of theirs is left either.
    with tarfile.open(work / "mac.tar", "w") as tar:
        for name, content in {"app.py": b"", "._app.py": APPLE, "__MACOSX": None, "__MACOSX/._app.py": APPLE}.items():
            info = tarfile.TarInfo(name)
            info.type = tarfile.DIRTYPE if content is None else tarfile.REGTYPE
            info.mode = 0o755 if content is None else 0o644
            info.size = len(content or b"")
            tar.addfile(info, None if content is None else io.BytesIO(content))
    slimtest.slim(work / "mac.tar", "-o", work / "mac-out.zip")
    assert list(slimtest.read_zip(work / "mac-out.zip")) == ["app.py"]
