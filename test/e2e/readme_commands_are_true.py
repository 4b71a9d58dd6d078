#!/usr/bin/env python3
"""Every slim command that the README shows runs and exits 0, in the order shown, on files of the names shown."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import slimtest

readme = (slimtest.SOURCE / "README.md").read_text()
blocks = re.findall(r"```(?:sh|console)\n(.*?)```", readme, re.S)
lines = [line.removeprefix("$ ").split("#")[0].strip() for block in blocks for line in block.splitlines()]
commands = [shlex.split(line) for line in lines if line.startswith("slim ")]
assert len(commands) >= 8, "the README shows hardly any command: is it read rightly?"

with slimtest.workdir() as work:
    subprocess.run(["python3", slimtest.SOURCE / "testdata/make_sample.py", work / "in.zip"], check=True)
    shutil.copy(work / "in.zip", work / "function.zip")
    task = slimtest.unzip(work / "in.zip", work / "task")
    layer = work / "layer/python"
    shutil.copytree(task, layer)
    subprocess.run(["tar", "-czf", work / "layer.tar.gz", "-C", work / "layer", "."], check=True)
    shutil.copy(next(task.rglob("*.so")), work / "libopenblas.so")
    for command in commands:
        arguments = [str(task) if word == "/var/task" else word for word in command[1:]]
        if "arm64" in arguments:
            arguments[arguments.index("arm64")] = {"x86_64": "x86_64", "aarch64": "arm64"}[os.uname().machine]
        print("slim", *arguments, flush=True)
        slimtest.slim(*arguments, cwd=work)
    assert (work / "slim.zip").exists() and (work / "plan.json").exists()

# Where packaging/try.sh leaves the program, the README's line puts it on the path; and the first thing told is how to get
# the source. What the sample is called there is what try.sh calls it.
with slimtest.workdir() as work:
    (work / "build/release").mkdir(parents=True)
    (work / "build/release/slim").symlink_to(slimtest.SLIM)
    path = next(line for line in lines if line.startswith("export PATH="))
    found = subprocess.run(["bash", "-c", f"{path}\ncommand -v slim"], cwd=work, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == f"{work}/build/release/slim", found.stdout
    assert lines.index(path) < next(at for at, line in enumerate(lines) if line.startswith("slim in.zip"))
    try_sh = (slimtest.SOURCE / "packaging/try.sh").read_text()
    assert "build/release/slim" in try_sh and "cp build/sample.zip in.zip" in lines and "input=$here/build/sample.zip" in try_sh
    assert next(line for line in lines if not line.startswith("slim ")).startswith("git clone ")

# The scripts that the README names are there and can be run.
for script in re.findall(r"^(packaging/\S+\.sh)", readme, re.M):
    assert os.access(slimtest.SOURCE / script, os.X_OK), script
for document in re.findall(r"`((?:docs/)?\w+\.md)`", readme):
    assert pathlib.Path(slimtest.SOURCE / document).exists(), document
