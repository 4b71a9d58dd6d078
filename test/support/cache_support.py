"""What the tests of the content cache share: a package that has of everything, and what is seen from outside."""
import collections
import json
import pathlib
import random
import re
import shutil
import subprocess

import slimtest


def write_package(work, name="in.zip", handler="def handler(event, context):\n    return 1\n") -> pathlib.Path:
    """Small files, files that deflate well and badly, a library that gets stripped, and one that can't be."""
    work = pathlib.Path(work)
    noise = random.Random(1)
    words = [bytes(noise.randrange(97, 123) for _ in range(6)) for _ in range(500)]
    files = {"handler.py": handler, "lib/broken.so": b"\x7fELF\2\1\1" + bytes(64) + noise.randbytes(40_000)}
    for i in range(30):
        files[f"pkg/small{i}.py"] = f"import os\n\ndef f{i}():\n    return {i} * {noise.random()}\n" * (1 + i)
    for i in range(6):
        files[f"pkg/words{i}.txt"] = b" ".join(noise.choices(words, k=20_000 + 3000 * i))
        files[f"pkg/noise{i}.bin"] = noise.randbytes(20_000 + i)
    for i in range(3):
        files[f"lib/native{i}.so"] = (0o100755, library(work, i))
    return slimtest.write_zip(work / name, files)


def library(work, number: int) -> bytes:
    target = pathlib.Path(work) / f"native{number}.so"
    if not target.exists():
        if shutil.which("g++") is None:
            slimtest.skip("no g++ to build a library with")
        source = target.with_suffix(".cc")
        source.write_text(f"#include <map>\n#include <string>\nstd::map<std::string, int> table;\n"
                          f"extern \"C\" int f{number}(int x) {{ return x + {number} + table[\"a\"]++; }}\n")
        subprocess.run(["g++", "-shared", "-fPIC", "-g", "-O1", "-o", target, source], check=True)
    return target.read_bytes()


def run(package, out, env, *args, code: int = 0) -> dict:
    """A run's JSON report, with --stats."""
    return json.loads(slimtest.slim(package, "-o", out, "--json", "-", "--stats", *args, env=env, code=code).stdout)


def deflated(package, out, env, *args) -> int:
    """How many contents a run has deflated."""
    trace = pathlib.Path(out).with_suffix(".trace")
    slimtest.slim(package, "-o", out, "-q", "--trace", trace, *args, env=env)
    spans = collections.Counter(event["name"] for event in json.loads(trace.read_text())["traceEvents"])
    return spans["deflate"]


def notes(report: dict) -> list[str]:
    return [finding["message"] for finding in report["findings"] if finding["id"] == "cache"]


def values_in(folder) -> list[pathlib.Path]:
    """The files of a cache folder that hold results."""
    return sorted(path for path in pathlib.Path(folder).glob("[0-9a-f][0-9a-f]/*") if re.fullmatch("[0-9a-f]{62}", path.name))
