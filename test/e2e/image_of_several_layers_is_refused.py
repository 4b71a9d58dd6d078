#!/usr/bin/env python3
"""A whole image (docker save, OCI) is no layer: slim says so instead of calling it a function that passes."""
import io
import tarfile

import slimtest


def tar(path, members: dict):
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


with slimtest.workdir() as work:
    layer = tar(work / "layer.tar", {"usr/bin/x": b"x", "etc/passwd": b"root", "usr/lib/.DS_Store": b"\0\0\0\1Bud1"})
    blob = layer.read_bytes()
    images = [tar(work / "oci.tar", {"oci-layout": b"{}", "index.json": b"{}", "blobs/sha256/ab": blob}),
              tar(work / "save.tar", {"manifest.json": b"[]", "repositories": b"{}", "ab/layer.tar": blob, "ab/VERSION": b"1.0"})]
    with tarfile.open(images[0]) as archive:
        archive.extractall(work / "layout", filter="fully_trusted")
    for image in [*images, work / "layout"]:
        for args in (["-o", work / "out.tar"], ["--dry-run"]):
            said = slimtest.slim(image, *args, code=2).stderr
            assert "whole container image" in said and "blobs/sha256/" in said, said
        assert "whole container image" in slimtest.slim("check", image, code=2).stderr
    # One of its layers is what slim is for; so is a function that has a file of such a name.
    slimtest.slim(layer, "-o", work / "out.tar")
    function = tar(work / "function.tar", {"app.py": b"", "manifest.json": b"{}", "data/x.tar": blob})
    slimtest.slim(function, "-o", work / "out.tar")
