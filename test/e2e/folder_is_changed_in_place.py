#!/usr/bin/env python3
"""--in-place changes in a folder what the plan changes and nothing else: no date, no mode, no owner of the rest."""
import os
import pathlib
import subprocess

import slimtest


def facts(folder: pathlib.Path) -> dict:
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = os.readlink(path) if path.is_symlink() else None if path.is_dir() else path.read_bytes()
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_uid, status.st_gid, content,
                                                None if path.is_dir() else status.st_mtime_ns,
                                                None if path.is_dir() else status.st_ino)
    return found


def contents(found: dict) -> dict:
    return {path: (fact[0], fact[3]) for path, fact in found.items()}


def build(folder: pathlib.Path) -> None:
    files = {"app.py": "import pkg\n", "pkg/__init__.py": "x = 1\n", "pkg/tests/deep/test_x.py": "pass\n",
             "pkg/__pycache__/__init__.cpython-311.pyc": "stale", "secret.txt": "mode 0600\n",
             "pkg-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: pkg\nVersion: 1.0\n\nA long text.\n" * 20,
             "pkg-1.0.dist-info/RECORD": "pkg/__init__.py,,\n"}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
        os.utime(folder / name, ns=(1_600_000_000_123_456_789,) * 2)
    subprocess.run(["g++", "-g", "-shared", "-fPIC", "-x", "c++", "-o", folder / "pkg/_n.so", "-"],
                   input=b"int f(int x) { return x + 1; }", check=True)
    (folder / "secret.txt").chmod(0o600)
    (folder / "pkg-1.0.dist-info/METADATA").chmod(0o640)
    (folder / "link").symlink_to("/nowhere")
    (folder / "empty").mkdir()
    (folder / "empty").chmod(0o711)


with slimtest.workdir() as work:
    folder = work / "package"
    folder.mkdir()
    build(folder)
    before = facts(folder)
    slimtest.slim(folder, "-o", work / "copy/")
    assert facts(folder) == before, "the input of an ordinary run is never touched"

    slimtest.slim(folder, "--in-place")
    after = facts(folder)
    assert contents(after) == contents(facts(work / "copy")), "in place or as a copy, the result is the same"
    assert os.listdir(work / "copy") and sorted(os.listdir(work)) == ["copy", "package"], os.listdir(work)
    assert set(before) - set(after) >= {"pkg/__pycache__", "pkg/__pycache__/__init__.cpython-311.pyc",
                                        "pkg-1.0.dist-info/RECORD"}
    assert not set(after) - set(before)
    for untouched in ("app.py", "secret.txt", "link", "empty", "pkg/__init__.py"):
        assert after[untouched] == before[untouched], untouched
    changed = [path for path in after if after[path][3] != before[path][3]]
    assert "pkg/_n.so" in changed and "pkg-1.0.dist-info/METADATA" in changed, changed
    for path in changed:
        assert after[path][:3] == before[path][:3], f"{path}: mode and owner stay"

    slimtest.slim(folder, "--in-place")
    assert facts(folder) == after, "a second run finds nothing to do, and does nothing"

    # A folder beside which nothing can be made (a mount point, say) is changed by way of a folder inside of it.
    mount = work / "mount"
    mount.mkdir()
    if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "none", mount], capture_output=True).returncode == 0:
        try:
            build(mount)
            slimtest.slim(mount, "--in-place")
            assert contents(facts(mount)) == contents(after)
        finally:
            subprocess.run(["umount", mount], check=True)
    else:
        slimtest.leave_out("a mount point, as no file system can be mounted here")
    package = slimtest.write_zip(work / "in.zip", {"a.py": "x"})
    assert "--in-place is for folders" in slimtest.slim(package, "--in-place", code=2).stderr
