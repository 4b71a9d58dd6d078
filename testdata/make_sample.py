#!/usr/bin/env python3
"""Makes a small Lambda package from testdata/sample: make_sample.py OUT.zip

It has what real packages have: a native library with debug information, bytecode, tests, stubs, metadata."""
import compileall
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile


def main(out: pathlib.Path) -> None:
    source = pathlib.Path(__file__).parent / "sample"
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "package"
        shutil.copytree(source, root)
        library = root / "greeter" / "_count.abi3.so"
        subprocess.run(["g++", "-x", "c", "-g3", "-O2", "-shared", "-fPIC", "-o", library, root / "greeter/_count.c"],
                       check=True)
        compileall.compile_dir(root, quiet=1)
        files = sorted(path for path in root.rglob("*") if path.is_file())
        record = root / "greeter-1.0.dist-info" / "RECORD"
        record.write_text("".join(f"{path.relative_to(root)},,\n" for path in files))
        out.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in [*files, record]:
                archive.write(path, path.relative_to(root))


main(pathlib.Path(sys.argv[1]))
