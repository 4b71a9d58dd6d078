#!/usr/bin/env python3
# labels: qemu
"""arm64 programs, which this machine's strip refuses, run the same under qemu after slim, aligned to 4 and to 64 KiB."""
import pathlib
import platform
import shutil
import subprocess

import elfcheck
import slimtest

LIBRARY = r"""
#include <cstdio>
#include <stdexcept>
namespace { struct Hello { Hello() { std::puts("library begins"); } } hello; }
thread_local int calls = 40;
extern "C" int count() { return calls++; }
void fail(const char* what) { throw std::runtime_error(what); }
"""
PROGRAM = r"""
#include <cstdio>
#include <exception>
extern "C" int count();
void fail(const char* what);
int main() {
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  try { fail("thrown far away"); } catch (const std::exception& error) { std::puts(error.what()); }
  const int first = count();
  std::printf("%d %d\n", first, count());
  return 3;
}
"""
KINDS = {
    "default": [],
    "align_64k": ["-Wl,-z,max-page-size=65536"],
    "align_2m": ["-Wl,-z,max-page-size=2097152", "-Wl,-z,separate-code"],
    "align_4k": ["-Wl,-z,max-page-size=4096"],
    "lld": ["-fuse-ld=lld"],
    "mold": ["-fuse-ld=mold"],
    "gold": ["-fuse-ld=gold"],
    "emit_relocs": ["-Wl,--emit-relocs"],
    "static": ["-static"],
}
ROOT = pathlib.Path("/usr/aarch64-linux-gnu")
EMULATOR = [] if platform.machine() == "aarch64" else ["qemu-aarch64-static", "-L", str(ROOT)]
COMPILER = "g++" if platform.machine() == "aarch64" else "aarch64-linux-gnu-g++"
for tool in [COMPILER, *EMULATOR[:1]]:
    if shutil.which(tool) is None:
        slimtest.skip(f"{tool} is not installed")


def build(work: pathlib.Path, out: pathlib.Path, options: list) -> bool:
    out.mkdir(parents=True)
    compiler = [COMPILER, f"-B{work}", "-g", "-O1", "-fPIC", *options]
    if "-static" in options:
        commands = [[*compiler, "library.cc", "program.cc", "-o", out / "program"]]
    else:
        commands = [[*compiler, "-shared", "library.cc", "-o", out / "libpart.so"],
                    [*compiler, "program.cc", out / "libpart.so", "-Wl,-rpath,$ORIGIN", "-o", out / "program"]]
    return all(subprocess.run(list(map(str, command)), cwd=work, capture_output=True).returncode == 0 for command in commands)


def outcome(program: pathlib.Path) -> tuple:
    done = subprocess.run([*EMULATOR, program], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


with slimtest.workdir() as work:
    (work / "library.cc").write_text(LIBRARY)
    (work / "program.cc").write_text(PROGRAM)
    for linker in ("ld.lld", "ld.mold"):  # they link for any processor; the cross compiler looks for them here only
        if found := shutil.which(linker):
            (work / linker).symlink_to(found)
        else:
            slimtest.leave_out(f"{linker}, which is not installed")
    package = work / "package"
    before = {}
    for name, options in KINDS.items():
        if build(work, package / name, options) and (ran := outcome(package / name / "program"))[0] == 3:
            before[name] = ran
        else:
            shutil.rmtree(package / name)
    print(len(before), "programs:", *before)
    assert {"default", "align_64k", "static"} <= set(before), "the compiler for arm64 makes programs that don't run"

    slimtest.slim(package, "-o", work / "slim.zip")
    slim = slimtest.unzip(work / "slim.zip", work / "slim")
    for name, expected in before.items():
        assert outcome(slim / name / "program") == expected, name
        for file in (package / name).iterdir():
            was, now = file.read_bytes(), (slim / name / file.name).read_bytes()
            assert elfcheck.faults(now) == [], (name, file.name)
            assert elfcheck.loaded_bytes(now) == elfcheck.loaded_bytes(was), (name, file.name)
            assert len(now) < len(was), (name, file.name)
    loads = [s for s in elfcheck.segments((slim / "align_64k/libpart.so").read_bytes()) if s[0] == elfcheck.PT_LOAD]
    assert all(align == 65536 for *_, align in loads), loads
    if "align_2m" in before:  # its hole closes, and its alignment stays that of the largest page
        now = (slim / "align_2m/libpart.so").read_bytes()
        loads = [s for s in elfcheck.segments(now) if s[0] == elfcheck.PT_LOAD]
        assert len(now) < 500_000 and all(align == 65536 for *_, align in loads), (len(now), loads)

    slimtest.slim(work / "slim.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "slim.zip") == slimtest.sha256(work / "again.zip")
