#!/usr/bin/env python3
"""--enable python-comments: what is for people alone goes; line and column of the code stay, and so does what somebody reads."""
import slimtest

FILES = {
    "app.py": "import lib\n# a note\ndef handler(event, context):  # entry\n    return lib.value\n",
    "lib.py": "#!/usr/bin/env python3\n# -*- coding: latin-1 -*-\n# Copyright 2001 A. Body\n\nvalue = '\xe4 # b'  # note\n".encode("latin-1"),
    "types_.py": "\n\nx = []  # type: list\ny = 1  # type: ignore\n",
    "windows.py": b"x = 1  # a\r\n# b\r\ny = 2\r\n",
    "broken.py": b"x = 1  # \xe4 is no UTF-8\n",
    "script": "#!/usr/bin/python3\n\n\nx = 1  # no module\n",
    "data.txt": "x = 1  # a\n",
    "held.py": "\n\nx = 1  # held\n",
}
EXPECTED = {
    **FILES,
    "app.py": "import lib\n\ndef handler(event, context):\n    return lib.value\n",
    "lib.py": "#!/usr/bin/env python3\n# -*- coding: latin-1 -*-\n# Copyright 2001 A. Body\n\nvalue = '\xe4 # b'\n".encode("latin-1"),
    "types_.py": "\n\nx = []  # type: list\ny = 1\n",
    "windows.py": b"x = 1\r\n\r\ny = 2\r\n",
}


def as_bytes(files: dict) -> dict:
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "off.zip")
    assert slimtest.read_zip(work / "off.zip") == as_bytes(FILES), "it does nothing until it is enabled"

    options = ["--enable", "python-comments", "--keep", "held.py"]
    slimtest.slim(package, "-o", work / "on.zip", *options)
    assert slimtest.read_zip(work / "on.zip") == as_bytes(EXPECTED)
    slimtest.slim(work / "on.zip", "-o", work / "again.zip", *options)
    assert slimtest.sha256(work / "on.zip") == slimtest.sha256(work / "again.zip")
    slimtest.slim(package, "-o", f"{work / 'folder'}/", *options)
    assert (work / "folder/app.py").read_text() == EXPECTED["app.py"]

    result = slimtest.report(package, *options)
    files = {file["path"]: file for file in result["files"]}
    assert files["app.py"]["action"] == "strip-comments" and files["app.py"]["rule"] == "python-comments", files["app.py"]
    assert files["app.py"]["unpacked_after"] == len(EXPECTED["app.py"]), files["app.py"]
    assert {"by": "python-comments", "reason": "it is not valid in its encoding"} in files["broken.py"]["holds"]
    assert files["held.py"]["action"] == "keep"
    told = slimtest.slim("explain", package, *options, "app.py").stdout
    assert "strip-comments" in told and "python-comments" in told, told

    # A wheel installs where others may read it, and its list is others' business: nothing changes.
    wheel = slimtest.write_zip(work / "a-1-py3-none-any.whl", {
        "a.py": "x = 1  # a\n", "a-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: a\nVersion: 1\n",
        "a-1.dist-info/WHEEL": "Wheel-Version: 1.0\n", "a-1.dist-info/RECORD": "a.py,,\na-1.dist-info/METADATA,,\n"
        "a-1.dist-info/WHEEL,,\na-1.dist-info/RECORD,,\n"})
    slimtest.slim(wheel, "-o", work / "out.whl", *options[:2])
    assert slimtest.read_zip(work / "out.whl")["a.py"] == b"x = 1  # a\n"
