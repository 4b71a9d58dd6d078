#!/usr/bin/env python3
# labels: corpus registry qemu slow
# timeout: 1800
"""A slim built for arm64 writes the same bytes as one for x86_64: packages of every format and level, and reports."""
import fcntl
import json
import os
import pathlib
import platform
import shutil
import struct
import subprocess

import slimtest

BUILD = slimtest.SOURCE / "build/arm64"
ARM64 = ["--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64"]
X86_64 = ["--platform", "manylinux2014_x86_64", "--platform", "manylinux_2_28_x86_64"]
# Its sections have names whose order depends on the sign of char, for a program that compares them as such.
LIBRARY = """
__attribute__((section("daten_z"))) int a = 1;
__attribute__((section("daten_ä"))) int b = 2;
__attribute__((section("é"))) int c = 3;
int f(int x) { return x + a + b + c; }
"""
RUNS = {
    "folder, one thread": ["package", "-o", "out.zip", "-j1", "--json", "out.json", "--html", "out.html",
                           "--markdown", "out.md", "--sbom", "out.cdx.json"],
    "folder, two threads": ["package", "-o", "out.zip", "-j2"],
    "zip, level 12": ["package.zip", "-o", "out.zip", "--level", "12", "-j2"],
    "zip, fast": ["package.zip", "-o", "out.zip", "--fast"],
    "small folder, level max": ["small", "-o", "out.zip", "--level", "max", "-j2"],
    "tar": ["small.tar.gz", "-o", "out.tar", "--dist-info", "drop", "--licenses", "collect", "--debug-dir", "debug"],
    "tar.gz": ["small.tar.gz", "-o", "out.tar.gz"],
    "tar.zst": ["small.tar.gz", "-o", "out.tar.zst", "--strip", "debug"],
    "wheel": ["small.whl", "-o", "out.whl"],
    "plan": ["small.whl", "--dry-run", "--json", "out.json", "--strip", "symbols", "--keep", "[a-ÿ]*.py"],
    "gate": ["check", "package.zip", "--runtime", "python3.12", "--json", "out.json", "--sarif", "out.sarif",
             "--junit", "out.xml"],
}


def cross_build() -> list:
    """The command that runs this source's slim, built for arm64. Ninja brings the build of an earlier time up to date."""
    libraries = subprocess.run([slimtest.SOURCE / "packaging/install.sh", "--print", "libraries"], check=True,
                               capture_output=True, text=True).stdout.split()
    root = slimtest.arm64_root("arm64-libraries", tuple(libraries))
    BUILD.parent.mkdir(exist_ok=True)
    with open(f"{BUILD}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in (["cmake", "--preset", "arm64", f"-DCMAKE_SYSROOT={root}"],
                        ["cmake", "--build", BUILD, "--target", "slim", "--parallel", str(os.cpu_count())]):
            done = subprocess.run(command, cwd=slimtest.SOURCE, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    assert struct.unpack_from("<H", (BUILD / "slim").read_bytes(), 18) == (183,), "that is no arm64 program"
    return ["qemu-aarch64-static", "-L", str(root), str(BUILD / "slim")]


def run(work: pathlib.Path, program: list, args: list) -> dict:
    """What a run writes, by name; the folder that it runs in has the same content each time."""
    folder = work / "run"
    folder.mkdir()
    for package in (work / "in").iterdir():
        (folder / package.name).symlink_to(package)
    done = subprocess.run([*program, *args], cwd=folder, capture_output=True, text=True)
    assert done.returncode in (0, 1), f"{args}: exit {done.returncode}: {done.stderr}"
    written = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
               if path.is_file() and not (folder / path.relative_to(folder).parts[0]).is_symlink()}
    shutil.rmtree(folder)
    assert written, args
    return {"exit code": done.returncode, **written}


def make_packages(folder: pathlib.Path) -> None:
    small, package = folder / "small", folder / "package"
    for name, platforms in (("x86_64", X86_64), ("aarch64", ARM64)):
        for target, packages in ((small, ["markupsafe", "jinja2"]), (package, ["psycopg2-binary", "requests"])):
            installed = slimtest.pip_target(f"same-bytes-{target.name}-{name}", packages, "--no-compile", *platforms)
            shutil.copytree(installed, target, dirs_exist_ok=True)
    (small / "zähler.py").write_text("import jinja2\n")
    (small / "z~.py").write_text("import markupsafe\n")
    subprocess.run(["g++", "-g", "-shared", "-fPIC", "-x", "c++", "-o", small / "_names.so", "-"],
                   input=LIBRARY.encode(), check=True)
    subprocess.run(["tar", "-czf", folder / "small.tar.gz", "-C", small, "."], check=True)
    subprocess.run(["zip", "-qry", folder / "package.zip", "."], cwd=package, check=True)
    subprocess.run(["zip", "-qry", folder / "small.zip", "."], cwd=small, check=True)
    (folder / "small.zip").rename(folder / "small.whl")


if platform.machine() != "x86_64":
    slimtest.skip("only an x86_64 machine is compared with arm64")
for tool in ("aarch64-linux-gnu-g++", "cmake", "ninja"):
    if shutil.which(tool) is None:
        slimtest.skip(f"{tool} is not installed")
arm64 = cross_build()
with slimtest.workdir() as work:
    (work / "in").mkdir()
    make_packages(work / "in")
    seen = {}
    for title, args in RUNS.items():
        here, there = run(work, [slimtest.SLIM], args), run(work, arm64, args)
        assert here.keys() == there.keys(), (title, here.keys() ^ there.keys())
        different = [name for name in here if here[name] != there[name]]
        assert not different, (title, different)
        seen[title] = here
        print(f"{title}: the same {', '.join(here)}", flush=True)

# And the runs did what they are here for.
files = json.loads(seen["folder, one thread"]["out.json"])["files"]
for machine in ("x86_64", "aarch64"):
    stripped = [file["path"] for file in files if file["action"] == "strip" and machine in file["path"]]
    assert stripped, f"no library for {machine} was stripped"
assert seen["folder, one thread"]["out.zip"] == seen["folder, two threads"]["out.zip"]
assert any(name.startswith("debug/") for name in seen["tar"]), seen["tar"].keys()
