#!/usr/bin/env python3
"""Where an output may go: never over the input, into it, over a device, or over a folder with something in it."""
import os

import slimtest


def refused(*args, part: str) -> None:
    error = slimtest.slim(*args, code=2).stderr
    assert part in error and error.count("\n") == 1, error


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {"a.py": "x = 1\n", "bin/tool": (0o100755, "#!/bin/sh\n")})
    same = slimtest.sha256(package)
    (work / "alias.zip").symlink_to("in.zip")
    os.link(package, work / "hard.zip")
    refused(package, "-o", package, part="is the input itself")
    refused(package, "-o", work / "alias.zip", part="is the input itself")
    refused(package, "-o", work / "hard.zip", part="is the input itself")
    refused(package, "-o", work / "missing/out.zip", part="folder for it doesn't exist")
    # Nor may a report, of any command, or two reports share a file.
    for kind in ("json", "markdown", "html", "sbom"):
        refused(package, "-n", f"--{kind}", package, part="name another file")
    refused(package, "-o", work / "out.zip", "--html", work / "out.zip", part="name another file")
    refused(package, "-n", "--html", work / "alias.zip", part="name another file")
    for kind in ("json", "markdown", "sarif", "junit", "html"):
        refused("check", package, f"--{kind}", work / "hard.zip", part="name another file")
    refused("check", package, "--layer", work / "alias.zip", "--sarif", work / "alias.zip", part="name another file")
    refused("check", package, "--sarif", work / "new", "--junit", f"{work}/./new", part=f"where --sarif {work}/new goes")
    refused("explain", package, "a.py", "--json", package, part="name another file")
    refused("diff", package, package, "--json", package, part="name another file")
    refused("check", package, "--markdown", "-", "--json", "-", part="takes one report")
    assert not (work / "new").exists() and not (work / "out.zip").exists()
    assert slimtest.sha256(package) == same

    folder = work / "folder"
    slimtest.slim(package, "-o", f"{folder}/")
    assert (folder / "bin/tool").stat().st_mode & 0o7777 == 0o755
    refused(folder, "-o", folder / "out.zip", part="lies inside the folder")
    refused(folder, "-o", folder / "sub/", part="lies inside the folder")
    refused(package, "-o", f"{folder}/", part="isn't empty")
    refused(folder, "-o", f"{folder}/", part="is the input itself")
    (work / "free").mkdir()
    slimtest.slim(package, "-o", f"{work}/free/")
    assert sorted(os.listdir(work / "free")) == ["a.py", "bin"]

    out = work / "out.zip"
    out.write_text("old")
    slimtest.slim(package, "-o", out)
    assert slimtest.read_zip(out) == {"a.py": b"x = 1\n", "bin/tool": b"#!/bin/sh\n"}, "an old output is replaced"
    os.umask(0o027)
    slimtest.slim(package, "-o", work / "masked.zip")
    assert (work / "masked.zip").stat().st_mode & 0o777 == 0o640
    assert (work / "masked.zip").read_bytes() == out.read_bytes()

    jar = slimtest.write_zip(work / "in.jar", {"A.class": "x", "META-INF/MANIFEST.MF": "Manifest-Version: 1.0\n",
                                               "META-INF/A": "x"})
    slimtest.slim(jar, "-o", work / "out.jar")
    assert list(slimtest.read_zip(work / "out.jar")) == ["META-INF/MANIFEST.MF", "A.class", "META-INF/A"]
    refused(package, "-o", work / "none.zip", "--drop", "**", part="nothing is left")
    assert not [name for name in os.listdir(work) if ".slim-" in name]
