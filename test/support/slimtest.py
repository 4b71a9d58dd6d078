"""What the end-to-end tests share: running slim, building packages, and skipping out loud.

A test is a script: it exits 0 when the behaviour holds, raises when not, and calls skip() where this machine lacks
what the test needs, or leave_out() where it lacks what a part of the test needs. With CI set both fail, unless
may_skip.txt says why that can't be there.
"""
import contextlib
import fcntl
import hashlib
import importlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

SLIM = os.environ["SLIM"]
# What one test leaves must not help another: those about the cache name a folder of their own.
os.environ["SLIM_CACHE"] = "off"
SOURCE = pathlib.Path(os.environ["SLIM_SOURCE_DIR"])
CORPUS = pathlib.Path(os.environ.get("SLIM_CORPUS_DIR", SOURCE / "build/corpus"))


def may_skip() -> list[tuple]:
    """The rows of may_skip.txt: (test, what it may leave out, why)."""
    lines = pathlib.Path(__file__).with_name("may_skip.txt").read_text().splitlines()
    rows = [tuple(field.strip() for field in line.split("|")) for line in lines if line.strip() and not line.startswith("#")]
    assert all(len(row) == 3 and all(row) for row in rows), "may_skip.txt: each line is TEST | WHAT | WHY"
    return rows


def leave_out(what: str) -> None:
    """A part of the test is not run, and says so. In CI it must run, unless may_skip.txt has the reason."""
    test = pathlib.Path(sys.argv[0]).stem
    listed = [why for name, known, why in may_skip() if name == test and known == what]
    if os.environ.get("CI") and not listed:
        raise AssertionError(f"in CI nothing is left out: {what}. Install what is needed (packaging/install.sh), or say in "
                             f"test/support/may_skip.txt why it can't be there")
    print(f"LEFT OUT: {what}", flush=True)


def skip(reason: str) -> None:
    leave_out(reason)
    print(f"SKIPPED: {reason}", flush=True)
    sys.exit(77)


def slim(*args, code: int = 0, env: dict | None = None, cwd=None) -> subprocess.CompletedProcess:
    """Runs slim and insists on its exit code."""
    done = subprocess.run([SLIM, *map(str, args)], capture_output=True, text=True, cwd=cwd,
                          env={**os.environ, **(env or {})})
    assert done.returncode == code, f"slim {args}: exit {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}"
    return done


def report(package, *args, code: int = 0) -> dict:
    """The JSON report of a dry run, or of a run when -o is among the arguments."""
    extra = [] if "-o" in args else ["--dry-run"]
    return json.loads(slim(package, "--json", "-", *extra, *args, code=code).stdout)


def actions(result: dict) -> dict:
    """path -> (action, rule) of a JSON report."""
    return {file["path"]: (file["action"], file.get("rule")) for file in result["files"]}


def write_zip(path, files: dict) -> pathlib.Path:
    """files: name -> str, bytes, or (mode, content)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            mode, content = content if isinstance(content, tuple) else (0o100644, content)
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.create_system = 3
            info.external_attr = (mode << 16) | (0x10 if name.endswith("/") else 0)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return pathlib.Path(path)


def read_zip(path) -> dict:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def sha256(path) -> str:
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


@contextlib.contextmanager
def workdir():
    with tempfile.TemporaryDirectory(prefix="slim-test-") as folder:
        yield pathlib.Path(folder)


def pip_target(name: str, packages: list[str], *pip_args: str) -> pathlib.Path:
    """A folder with `packages` installed by pip --target, made once and kept in the corpus folder."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    folder = CORPUS / name
    with open(CORPUS / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (CORPUS / f"{name}.done").exists():
            done = subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--only-binary=:all:", "--no-warn-conflicts",
                                   "--target", folder, *pip_args, *packages], capture_output=True, text=True)
            if done.returncode != 0:
                print(done.stderr[-2000:], flush=True)
                skip(f"pip could not install {packages}: {done.stderr.strip().splitlines()[-1:]}")
            (CORPUS / f"{name}.done").touch()
    return folder


def importable(module: str, package: str | None = None):
    """A Python module of the system's packages, or else of the registry, where the package may have another name."""
    try:
        return importlib.import_module(module)
    except ImportError:
        sys.path.insert(0, str(pip_target(f"module-{module}", [package or module])))
        return importlib.import_module(module)


def arm64_root(name: str = "arm64-root", packages: tuple = ("python3", "libstdc++6", "libgomp1")) -> pathlib.Path:
    """A root of arm64 packages and what they need, made once from the system's package sources; Python's for qemu."""
    if shutil.which("qemu-aarch64-static") is None:
        skip("qemu-aarch64-static is not installed")
    CORPUS.mkdir(parents=True, exist_ok=True)
    folder = CORPUS / name
    with open(CORPUS / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run([SOURCE / "test/support/arm64_root.sh", folder, *packages], capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stderr, flush=True)
        skip(f"the system's package sources lack {' '.join(packages)} for arm64")
    return folder / "root"


def zip_folder(folder: pathlib.Path) -> pathlib.Path:
    """The folder as a zip beside it, made once by the zip program."""
    target = folder.with_name(folder.name + ".zip")
    with open(target.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            part = target.with_suffix(".part.zip")
            subprocess.run(["zip", "-qryX", part, "."], cwd=folder, check=True)
            part.rename(target)
    return target


def unzip(archive, folder) -> pathlib.Path:
    subprocess.run(["unzip", "-qo", archive, "-d", folder], check=True)
    return pathlib.Path(folder)


def python_in(folder, code: str, python: tuple = (sys.executable,)) -> subprocess.CompletedProcess:
    """Runs code in a fresh isolated interpreter that sees nothing but the standard library and `folder`."""
    program = f"import sys; sys.dont_write_bytecode = True; sys.path.insert(0, {str(folder)!r})\n{code}"
    return subprocess.run([*python, "-I", "-S", "-c", program], capture_output=True, text=True, timeout=600)


def arm64_python() -> tuple:
    root = arm64_root()
    return ("qemu-aarch64-static", "-L", str(root), str(root / "usr/bin/python3"))
