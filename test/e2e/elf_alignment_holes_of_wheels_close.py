#!/usr/bin/env python3
# labels: registry
"""Pillow's libXau, 14 kB in a file of 2 MB, is small after slim; it and the libraries that need it load, and its
functions answer as before."""
import ctypes
import json
import subprocess
import sys

import elfcheck
import slimtest

CALL = """
import ctypes, glob, json, os, sys
folder, = sys.argv[1:]
xau = ctypes.CDLL(glob.glob(folder + "/pillow.libs/libXau-*")[0])
xau.XauFileName.restype = ctypes.c_char_p
os.environ["XAUTHORITY"] = "/some/where"
answers = [xau.XauFileName().decode()]
for name in sorted(os.listdir(folder + "/pillow.libs")):
    ctypes.CDLL(f"{folder}/pillow.libs/{name}", os.RTLD_NOW)
    answers.append(name)
sys.path.insert(0, folder)
from PIL import Image, _imagingft
answers.append(Image.new("RGB", (4, 4), "red").resize((2, 2)).tobytes().hex())
print(json.dumps(answers))
"""


def answers(folder) -> list:
    done = subprocess.run([sys.executable, "-I", "-c", CALL, str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


if ctypes.sizeof(ctypes.c_void_p) != 8:
    slimtest.skip("for 64-bit machines")
original = slimtest.pip_target("holes-pillow-13", ["pillow==13.0.0"])
with slimtest.workdir() as work:
    slimtest.slim(original, "-o", work / "slim.zip")
    slim = slimtest.unzip(work / "slim.zip", work / "slim")
    closed = 0
    for before in sorted((original / "pillow.libs").iterdir()):
        was, now = before.read_bytes(), (slim / "pillow.libs" / before.name).read_bytes()
        assert elfcheck.faults(now) == [] and elfcheck.loaded_bytes(now) == elfcheck.loaded_bytes(was), before.name
        if before.name.startswith("libXau"):
            print(before.name, len(was), "->", len(now))
            assert len(now) < 20_000 < len(was), before.name
            closed += 1
    assert closed == 1, "this Pillow has no libXau: choose another version"
    assert answers(slim) == answers(original)
