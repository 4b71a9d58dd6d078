#!/usr/bin/env python3
"""The opt-in rule for a GPU's libraries is for what is deployed as a zip: a container image may run on a GPU."""
import io
import tarfile

import slimtest

ROOT = "usr/lib/python3/site-packages/"
FILES = {"nvidia/cudnn/lib/libcudnn.so.9": "x", "triton/backends/nvidia.so": "x", "app.py": ""}

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    gone = {path for path, (action, _) in slimtest.actions(slimtest.report(package, "--enable", "gpu-libraries")).items()
            if action == "drop"}
    assert gone == {"nvidia/cudnn/lib/libcudnn.so.9", "triton/backends/nvidia.so"}, gone
    with tarfile.open(work / "layer.tar", "w") as archive:
        for name, text in {"etc/os-release": "x", **{ROOT + name: text for name, text in FILES.items()}}.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    plan = slimtest.report(work / "layer.tar", "--enable", "gpu-libraries")
    assert plan["input"]["shape"] == "image-layer", plan["input"]
    assert all(action == "keep" for action, _ in slimtest.actions(plan).values()), plan["files"]
