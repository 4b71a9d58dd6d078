#!/usr/bin/env python3
"""--enable python-comments leaves sources alone that kept code reads as text or opens by their names; what only a trial can
see gets its comments back by --verify."""
import slimtest


def held(files: dict, path: str, *options) -> str:
    """Why, or an empty string where its comments go."""
    with slimtest.workdir() as work:
        result = slimtest.report(slimtest.write_zip(work / "in.zip", files), "--enable", "python-comments", *options)
    file = next(file for file in result["files"] if file["path"] == path)
    if file["action"] == "strip-comments":
        return ""
    return "; ".join(hold["reason"] for hold in file["holds"] if hold["by"] in ("python-comments", "--verify")) or file["action"]


NOTE = "\n\nx = 1  # a\n"
META = {"six-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: six\nVersion: 1\n", "six.py": NOTE}
assert held({"app.py": "import six\n", **META}, "six.py") == ""
assert "reads the text of code" in held({"app.py": "import inspect, six\nprint(inspect.getsource(six))\n", **META}, "six.py")
assert "reads the text of code" in held({"app.py": "import torch, six\ntorch.jit.script(six.x)\n", **META}, "six.py")
assert "names six.py" in held({"app.py": "import six\nopen('six.py')\n", **META}, "six.py")
assert "__file__" in held({"app.py": "import six\n", **META, "six.py": NOTE + "open(__file__)\n"}, "six.py")
assert "suffix .py" in held({"app.py": "import glob, six\nglob.glob(six.__path__[0] + '/*.py')\n", **META}, "six.py")
assert held({"app.py": NOTE}, "app.py") == ""

# The file's own name comes from where no scanner looks: its loader.
FILES = {"app.py": "y = 1\n", "plain.py": NOTE, **META,
         "six.py": "import sys\nx = 1  # a\nassert '# ' + 'a' in open(sys.modules[__name__].__spec__.origin).read()\n",
         "plain-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: plain\nVersion: 1\n"}
assert held(FILES, "six.py") == "", "else this tests nothing"
with slimtest.workdir() as work:
    options = ["-o", work / "out.zip", "--enable", "python-comments", "--verify"]
    result = slimtest.report(slimtest.write_zip(work / "in.zip", FILES), *options)
    out = slimtest.read_zip(work / "out.zip")
    assert out["six.py"] == FILES["six.py"].encode() and out["plain.py"] == b"\n\nx = 1\n", out
    holds = next(file["holds"] for file in result["files"] if file["path"] == "six.py")
    assert any(hold["by"] == "--verify" for hold in holds), holds
