#!/usr/bin/env python3
# labels: registry
"""A Spring Boot jar starts after slim as before: folders, order and stored nested jars are its content; so does one with
a launch script before it, which stays byte for byte and executable."""
import shutil
import zipfile

import slimtest
from java_support import LOADERS, needs, run, spring_boot_jar

needs("java", "javac", "jar", "zip")
SCRIPT = b'#!/bin/sh\nexec java -jar "$0" "$@"\n\nexit 0\n'
SAID = "started with the first true"


def check(before, after) -> None:
    assert run("java", "-jar", before) == SAID
    assert slimtest.report(before, "-o", after)["input"]["shape"] == "jar"
    assert run("java", "-jar", after) == SAID
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        assert old.namelist() == new.namelist()
        for name in new.namelist():
            assert old.read(name) == new.read(name), name
            if name.endswith(".jar"):
                assert new.getinfo(name).compress_type == zipfile.ZIP_STORED, name
        assert new.getinfo("BOOT-INF/classes/data/x.txt").compress_type == zipfile.ZIP_DEFLATED
    again = after.with_name("again.jar")
    slimtest.slim(after, "-o", again)
    assert again.read_bytes() == after.read_bytes()


with slimtest.workdir() as work:
    for version, launcher in LOADERS:
        folder = work / version
        folder.mkdir()
        spring_boot_jar(folder, folder / "app.jar", version, launcher)
        check(folder / "app.jar", folder / "slim.jar")

    # With a script before it: offsets count from its end, as Spring Boot's plug-ins write them, or from the file's start.
    shifted, adjusted = folder / "shifted.jar", folder / "adjusted.jar"
    shifted.write_bytes(SCRIPT + (folder / "app.jar").read_bytes())
    shifted.chmod(0o755)
    shutil.copy(shifted, adjusted)
    run("zip", "-A", adjusted)
    for jar in (shifted, adjusted):
        check(jar, folder / "slim.jar")
        assert (folder / "slim.jar").read_bytes().startswith(SCRIPT)
        assert run(folder / "slim.jar") == SAID, "it is its own launcher"
        jar.write_bytes((folder / "slim.jar").read_bytes())
    assert shifted.read_bytes() == adjusted.read_bytes(), "how offsets are counted is the packer's habit"

    # From a folder and back to a jar: nested jars are stored, which the loader insists on.
    slimtest.slim(folder / "app.jar", "-o", f"{folder}/unpacked/")
    slimtest.slim(folder / "unpacked", "-o", folder / "packed.jar")
    assert run("java", "-jar", folder / "packed.jar").startswith("started with")
