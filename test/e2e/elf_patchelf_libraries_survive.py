#!/usr/bin/env python3
"""Libraries that patchelf has rewritten, once or twice, as auditwheel does it, load after slim and are smaller; GNU strip,
which breaks some of them, is run beside it."""
import shutil
import subprocess

import elfcheck
import slimtest

# With -g3 the macros of these headers are more debug information than the pages that patchelf's segments are aligned to.
SOURCE = b"""
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
__thread int counter = 41;
static int ready;
__attribute__((constructor)) static void begin(void) { ready = 1; }
int answer(void) { return ready ? ++counter : 0; }
static const char* names[] = {"one", "two", "three"};
const char* name(int i) { return names[i % 3]; }
int print(void) { return printf("%s", name(answer())); }
"""
LONG = "$ORIGIN/../" + "a_rather_long_folder_name/" * 8
CHANGES = {
    "soname": [["--set-soname", "libpart-1a2b3c4d.so.5.0.0"]],
    "rpath": [["--set-rpath", LONG]],
    "needed": [["--add-needed", "libm.so.6"]],
    "as_auditwheel": [["--set-soname", "libpart-1a2b3c4d.so.5.0.0"], ["--replace-needed", "libc.so.6", "libc.so.6"],
                      ["--force-rpath", "--set-rpath", LONG]],
    "again_and_again": [["--set-rpath", LONG], ["--set-rpath", LONG + LONG], ["--add-needed", "libm.so.6"],
                        ["--set-soname", "libanother-with-a-long-name.so.1"]],
    "page_64k": [["--page-size", "65536", "--set-rpath", LONG]],
    "shrunk": [["--set-rpath", LONG], ["--remove-rpath"]],
}
LINKERS = {"bfd": [], "gold": ["-fuse-ld=gold"], "lld": ["-fuse-ld=lld"], "mold": ["-fuse-ld=mold"],
           "old_bfd": ["-Wl,-z,noseparate-code", "-Wl,-z,max-page-size=0x200000"]}

if shutil.which("patchelf") is None:
    slimtest.skip("patchelf is not installed")


def run(*command, **more) -> bool:
    return subprocess.run(list(map(str, command)), capture_output=True, **more).returncode == 0


def gnu_strip_keeps(library, work) -> bool:
    return run("strip", "-o", work / "gnu.so", library) and elfcheck.load(work / "gnu.so") == "loads"


with slimtest.workdir() as work:
    package = work / "package"
    package.mkdir()
    for linker, options in LINKERS.items():
        if not run("gcc", "-g3", "-shared", "-fPIC", *options, "-x", "c", "-", "-o", work / "plain.so", input=SOURCE):
            print(f"no libraries of {linker}: gcc can't link with it")
            continue
        for name, changes in CHANGES.items():
            library = package / f"{linker}-{name}.so"
            shutil.copy(work / "plain.so", library)
            if not all(run("patchelf", *change, library) for change in changes) or elfcheck.load(library) != "loads":
                print(f"{library.name}: patchelf itself leaves a library that does not load")
                library.unlink()
    libraries = sorted(package.iterdir())
    assert len(libraries) >= len(CHANGES), "patchelf changes no library here"

    slimtest.slim(package, "-o", work / "slim.zip")
    slim = slimtest.unzip(work / "slim.zip", work / "slim")
    broken_by_strip = 0
    for library in libraries:
        was, now = library.read_bytes(), (slim / library.name).read_bytes()
        assert len(now) < len(was), library.name
        assert elfcheck.faults(now) == [], (library.name, elfcheck.faults(now))
        assert elfcheck.loaded_bytes(now) == elfcheck.loaded_bytes(was), library.name
        assert elfcheck.load(slim / library.name) == "loads", (library.name, elfcheck.load(slim / library.name))
        broken_by_strip += not gnu_strip_keeps(library, work)
    print(f"{len(libraries)} libraries, {sum(f.stat().st_size for f in libraries)} bytes before, "
          f"{sum((slim / f.name).stat().st_size for f in libraries)} after; GNU strip breaks {broken_by_strip} of them")

    slimtest.slim(work / "slim.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "slim.zip") == slimtest.sha256(work / "again.zip")
