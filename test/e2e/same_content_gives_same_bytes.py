#!/usr/bin/env python3
# labels: threads
"""Same content, same bytes: whatever made the input zip, and whatever thread count, time zone, locale and umask."""
import os
import random
import subprocess
import zipfile

import slimtest


def tree(folder) -> None:
    for name, text in {"app.py": "import pkg\n", "pkg/__init__.py": "x = 1\n" * 500, "pkg/data.txt": "text " * 3000,
                       "pkg/zä.txt": "umlaut\n", "bin/tool": "#!/bin/sh\nexit 0\n"}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "pkg/random.bin").write_bytes(random.Random(1).randbytes(70_000))
    (folder / "bin/tool").chmod(0o755)
    (folder / "link").symlink_to("pkg/data.txt")
    (folder / "empty").mkdir()
    subprocess.run(["g++", "-g", "-shared", "-fPIC", "-x", "c++", "-o", folder / "pkg/_n.so", "-"],
                   input=b"int f(int x) { return x + 1; }", check=True)


def with_python(folder, target) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        paths = sorted(folder.rglob("*"), reverse=True)
        for path in paths:
            info = zipfile.ZipInfo.from_file(path, path.relative_to(folder))
            info.external_attr = path.lstat().st_mode << 16 | (0x10 if path.is_dir() else 0)
            info.compress_type = random.Random(str(path)).choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
            data = os.readlink(path) if path.is_symlink() else b"" if path.is_dir() else path.read_bytes()
            archive.writestr(info, data)


with slimtest.workdir() as work:
    folder = work / "tree"
    folder.mkdir()
    tree(folder)
    subprocess.run(["zip", "-qry1", work / "zip.zip", "."], cwd=folder, check=True)
    with_python(folder, work / "python.zip")
    subprocess.run(["bsdtar", "--format=zip", "-cf", work / "bsdtar.zip", "-C", folder, "pkg", "link", "empty", "bin", "app.py"],
                   check=True)
    subprocess.run(["tar", "-czf", work / "tree.tar.gz", "-C", folder, "."], check=True)

    sources = ["zip.zip", "python.zip", "bsdtar.zip", "tree.tar.gz"]
    assert len({slimtest.sha256(work / source) for source in sources}) == len(sources), "the packers make the same file: nothing is compared"

    seen = {}
    surroundings = [{}, {"TZ": "Asia/Kathmandu", "LC_ALL": "C"}, {"TZ": "America/St_Johns", "LANG": "de_DE.UTF-8"}]
    run = 0
    for source in [*sources, "tree"]:
        for threads in (1, 2, 3, 8):
            out = work / f"out-{run}.zip"
            os.umask((0o022, 0o077, 0o002)[run % 3])
            slimtest.slim(work / source, "-o", out, "-j", threads, env=surroundings[run % 3])
            seen.setdefault(slimtest.sha256(out), []).append((source, threads))
            run += 1
    assert len(seen) == 1 and sum(map(len, seen.values())) == 20, seen
    # And they are bytes of that content.
    output = slimtest.read_zip(work / "out-0.zip")
    assert set(output) == {"app.py", "pkg/__init__.py", "pkg/data.txt", "pkg/zä.txt", "pkg/random.bin", "pkg/_n.so", "bin/tool", "link", "empty/"}, output.keys()
    changed = {name for name, content in output.items() if name not in ("link", "empty/") and content != (folder / name).read_bytes()}
    assert changed == {"pkg/_n.so"} and output["link"] == b"pkg/data.txt", changed
    slimtest.slim(work / "out-0.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "again.zip") in seen

    for level in ("1", "12", "max"):
        outputs = set()
        for threads in (1, 3):
            slimtest.slim(work / "tree", "-o", work / "level.zip", "-j", threads, "--level", level)
            outputs.add(slimtest.sha256(work / "level.zip"))
            slimtest.slim(work / "level.zip", "-o", work / "again.zip", "--level", level)
            assert slimtest.sha256(work / "again.zip") in outputs, level
        assert len(outputs) == 1, level
        subprocess.run(["unzip", "-qt", work / "level.zip"], check=True)
