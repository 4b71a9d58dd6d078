#!/usr/bin/env python3
"""A comment that names a file which a rule would take, if nobody named it, stays: the next run must see it, too. So do all comments of
a source where a word in one lets a rule think more of it."""
import slimtest

FILES = {
    "app.py": "import pkg\n",
    "pkg-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: pkg\nVersion: 1\n",
    "pkg/__init__.py": "x = 1  # plain\ny = 2  # made of fast.c\n",
    "pkg/_fast.cpython-312-x86_64-linux-gnu.so": b"\x7fELF\x02\x01\x01" + bytes(57),
    "pkg/fast.c": "int fast;\n",
    "pkg/other.c": "int other;\n",
    # Not all of these words are code.
    "pkg/walks.py": "z = 3  # plain\n\n\ndef run():\n    import pkg.tests  # no need of listdir\n",
}
OPTIONS = ["--enable", "python-comments"]

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "out.zip", *OPTIONS)
    out = slimtest.read_zip(work / "out.zip")
    assert "pkg/fast.c" in out and "pkg/other.c" not in out, set(out)
    assert out["pkg/__init__.py"] == b"x = 1\ny = 2  # made of fast.c\n", out["pkg/__init__.py"]
    assert out["pkg/walks.py"] == FILES["pkg/walks.py"].encode(), out["pkg/walks.py"]
    files = {file["path"]: file for file in slimtest.report(package, *OPTIONS)["files"]}
    reason = "other rules look for words that stand in its comments"
    assert {"by": "python-comments", "reason": reason} in files["pkg/walks.py"]["holds"], files["pkg/walks.py"]
    for options in (OPTIONS, []):
        slimtest.slim(work / "out.zip", "-o", work / "again.zip", *options)
        assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip"), options
