#!/usr/bin/env python3
"""A bootstrap, an extension and a program of bin/ that lost their x bit, as in zips from Windows, get it again: told by
content, done in every kind of output, shown under a rule that can be switched off."""
import os
import shutil
import stat
import subprocess
import zipfile

import slimtest
from check_support import check, compiled, findings, library

SCRIPT = "#!/bin/sh\necho started\n"
RULE = "executable-programs"


def modes(path) -> dict:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: info.external_attr >> 16 & 0o777 for info in archive.infolist()}


with slimtest.workdir() as work:
    static = compiled("int main(void) { return 0; }", "-g", "-static-pie")
    files = {"bootstrap": SCRIPT, "bin/program": compiled("int main(void) { return 0; }", "-s"), "bin/static": static,
             "bin/readme.txt": "no program", "bin/libx.so": library(), "extensions/agent": SCRIPT,
             "extensions/lib/helper.sh": SCRIPT, "app/script.sh": SCRIPT, "bin/done": (0o100755, SCRIPT)}
    package = slimtest.write_zip(work / "in.zip", files)
    result = slimtest.report(package, "-o", work / "out.zip")
    done = slimtest.actions(result)
    made = {"bootstrap", "bin/program", "extensions/agent", "bin/static"}
    assert done["bootstrap"] == done["extensions/agent"] == ("make-executable", RULE), done
    assert {file["path"] for file in result["files"] if file.get("executable_by") == RULE} == made
    assert done["bin/static"] == ("strip", "elf-strip") and done["bin/done"][0] == "keep"
    assert {path for path, mode in modes(work / "out.zip").items() if mode == 0o755} == made | {"bin/done"}
    assert {mode for path, mode in modes(work / "out.zip").items() if path not in made | {"bin/done"}} == {0o644}
    own = ("--runtime", "provided.al2023")
    assert ("error", "not-executable", "bootstrap") in findings(check(package, *own, code=1))
    assert not [f for f in findings(check(work / "out.zip", *own)) if f[1] == "not-executable"]
    slimtest.slim(work / "out.zip", "-o", work / "again.zip")
    assert (work / "again.zip").read_bytes() == (work / "out.zip").read_bytes()
    assert RULE in slimtest.slim(package, "-n").stdout
    assert "may be executed" in slimtest.slim("explain", package, "bootstrap").stdout

    # Zips from Windows have no modes at all.
    dos = work / "dos.zip"
    with zipfile.ZipFile(dos, "w") as archive:
        info = zipfile.ZipInfo("bootstrap")
        info.create_system = 0
        archive.writestr(info, SCRIPT)
    slimtest.slim(dos, "-o", f"{work}/dos/")
    assert subprocess.run([work / "dos/bootstrap"], capture_output=True, text=True, check=True).stdout == "started\n"

    # In a folder, in place too, and in a tar.
    slimtest.slim(package, "-o", f"{work}/folder/", "--disable", RULE)
    assert not os.access(work / "folder/bootstrap", os.X_OK) or os.stat(work / "folder/bootstrap").st_mode & 0o111 == 0
    (work / "folder/bin/program").chmod(0o600)
    shutil.copytree(work / "folder", work / "copy")
    slimtest.slim(work / "folder", "-o", work / "out.tar")
    assert "-rwxr-xr-x" in subprocess.run(["tar", "-tvf", work / "out.tar", "bootstrap"], capture_output=True, text=True).stdout
    slimtest.slim(work / "copy", "--in-place")
    assert {path for path in made if stat.S_IMODE(os.stat(work / "copy" / path).st_mode) == 0o755} == made

    # Not against a wish, and not where modes are others' business.
    slimtest.slim(package, "-o", work / "held.zip", "--keep", "bootstrap")
    assert modes(work / "held.zip")["bootstrap"] == 0o644
    slimtest.slim(package, "-o", work / "off.zip", "--disable", RULE)
    assert modes(work / "off.zip")["bootstrap"] == 0o644
    wheel = slimtest.write_zip(work / "x-1-py3-none-any.whl", {"bin/x": SCRIPT, "x-1.dist-info/METADATA": "Name: x\n"})
    slimtest.slim(wheel, "-o", work / "out.whl")
    assert modes(work / "out.whl")["bin/x"] == 0o644
