#!/usr/bin/env python3
"""What slim's strip saves, and what GNU strip saves and breaks, over the libraries of real packages.

    test/bench/strip_table.py STRIP_FOLDER [--machine x86_64|aarch64] [--only NAME,...] [--fetch]

STRIP_FOLDER is the program of that name from a build's test folder. The packages come from PyPI and npm, once, into
SLIM_CORPUS_DIR (build/corpus); --fetch stops there. Each library is loaded (RTLD_NOW) in a process of its own with the
folders of its package, as it was, after GNU strip and after slim; aarch64 under qemu with a Debian root. GNU strip breaks a
file when it loaded before and doesn't now, or when it no longer keeps the rule of loaders before glibc 2.35 (p_offset
congruent to p_vaddr modulo p_align). Exit code 1 when slim breaks one, or saves less where GNU strip breaks none.
"""
import argparse
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("SLIM", "")
os.environ.setdefault("SLIM_SOURCE_DIR", str(SOURCE))
sys.path.insert(0, str(SOURCE / "test/support"))
import elfcheck  # noqa: E402
import slimtest  # noqa: E402

WHEELS = ["numpy", "numpy==1.26.4", "numpy==2.2.6", "scipy", "pandas", "pillow", "psycopg2-binary", "cryptography", "lxml",
          "pyarrow", "grpcio", "opencv-python-headless"]
MODULES = ["sharp", "@swc/core", "@prisma/engines", "onnxruntime-node"]
PIP = {"x86_64": [], "aarch64": ["--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64",
                                 "--platform", "manylinux_2_17_aarch64"]}
NPM_CPU = {"x86_64": "x64", "aarch64": "arm64"}
STRIP = {"x86_64": "strip", "aarch64": "aarch64-linux-gnu-strip"}
EM = {"x86_64": 62, "aarch64": 183}

def npm_target(name: str, package: str, cpu: str) -> pathlib.Path | None:
    """A folder with an npm package and its binaries for Linux; its install scripts, which fetch from elsewhere, don't run."""
    folder = slimtest.CORPUS / name
    with open(slimtest.CORPUS / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (slimtest.CORPUS / f"{name}.done").exists():
            folder.mkdir(parents=True, exist_ok=True)
            done = subprocess.run(["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--os=linux",
                                   f"--cpu={cpu}", "--libc=glibc", package], capture_output=True, text=True)
            if done.returncode != 0:
                print(f"npm could not install {package}: {done.stderr.strip().splitlines()[:1]}")
                return None
            (slimtest.CORPUS / f"{name}.done").touch()
    return folder


def fetch(package: str, machine: str) -> pathlib.Path | None:
    name = f"table-{machine}-" + package.replace("==", "-").replace("@", "").replace("/", "-")
    if package in MODULES:
        return npm_target(name, package, NPM_CPU[machine])
    try:
        return slimtest.pip_target(name, [package], "--no-compile", "--no-deps", *PIP[machine])
    except SystemExit:
        return None


def libraries(folder: pathlib.Path, machine: str) -> list:
    found = sorted(path for path in folder.rglob("*") if elfcheck.is_elf(path))
    return [path.relative_to(folder) for path in found if elfcheck.machine(path.read_bytes()[:64]) == EM[machine]]


def load_all(folder: pathlib.Path, names: list, machine: str) -> dict:
    folders = sorted({folder / name.parent for name in names})
    if machine == "x86_64":
        return {name: elfcheck.load(folder / name, folders) for name in names}
    return elfcheck.load_on_arm64(folder, names)


class Sum:
    """Files and bytes of one line of the table."""

    def __init__(self):
        self.files = self.before = self.theirs = self.ours = 0

    def add(self, before: int, theirs: int, ours: int) -> None:
        self.files += 1
        self.before += before
        self.theirs += before - theirs
        self.ours += before - ours

    def line(self, name: str) -> str:
        return f"{name:<26} {self.files:>5} {self.before:>13,} {self.theirs:>12,} {self.ours:>12,}"


def compare(package: str, folder: pathlib.Path, machine: str, program: str, work: pathlib.Path, sums: dict) -> list:
    names = libraries(folder, machine)
    if not names:
        print(f"{package:<26} has no {machine} library")
        return []
    for kind in ("was", "theirs", "ours"):
        for name in names:
            (work / kind / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / name, work / kind / name)
    for name in names:
        subprocess.run([STRIP[machine], work / "theirs" / name], capture_output=True)
    subprocess.run([program, work / "ours"], check=True, stdout=subprocess.DEVNULL)
    loads = {kind: load_all(work / kind, names, machine) for kind in ("was", "theirs", "ours")}
    total, broken = Sum(), []
    for name in names:
        data = {kind: (work / kind / name).read_bytes() for kind in loads}
        faults = {kind: elfcheck.faults(data[kind]) for kind in loads}

        def worse(kind: str) -> bool:
            return loads[kind][name] != loads["was"][name] or len(faults[kind]) > len(faults["was"])
        if worse("ours") or elfcheck.loaded_bytes(data["ours"]) != elfcheck.loaded_bytes(data["was"]):
            broken.append((package, str(name), loads["was"][name], loads["ours"][name], faults["ours"]))
        kind = "broken" if worse("theirs") else "same" if loads["was"][name] == "loads" else "never"
        sizes = [len(data[k]) for k in ("was", "theirs", "ours")]
        total.add(*sizes)
        sums[kind].add(*sizes)
        if kind == "broken":
            sums["not loading"].add(*sizes) if loads["theirs"][name] != loads["was"][name] else sums["misaligned"].add(*sizes)
    print(total.line(package), flush=True)
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--machine", choices=list(EM), default="x86_64")
    parser.add_argument("--only", default="")
    parser.add_argument("--fetch", action="store_true")
    asked = parser.parse_args()
    sums = {kind: Sum() for kind in ("same", "never", "broken", "not loading", "misaligned")}
    broken = []
    print(f"{asked.machine + ', default level':<26} {'files':>5} {'bytes':>13} {'GNU saves':>12} {'slim saves':>12}")
    for package in asked.only.split(",") if asked.only else WHEELS + MODULES:
        folder = fetch(package, asked.machine)
        if folder is None or asked.fetch:
            continue
        with tempfile.TemporaryDirectory(prefix="slim-bench-") as work:
            broken += compare(package, folder, asked.machine, asked.program, pathlib.Path(work), sums)
    if asked.fetch:
        return 0
    print()
    for kind, name in (("same", "load after GNU strip"), ("never", "load nowhere (needs others)"), ("broken", "broken by GNU strip"),
                       ("not loading", "  of which: do not load"), ("misaligned", "  of which: old loaders")):
        print(sums[kind].line(name))
    for fault in broken:
        print("slim breaks", *fault)
    return 1 if broken or sums["same"].ours + sums["never"].ours < sums["same"].theirs + sums["never"].theirs else 0


if __name__ == "__main__":
    sys.exit(main())
