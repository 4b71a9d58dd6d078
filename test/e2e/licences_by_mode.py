#!/usr/bin/env python3
"""--licenses keep, collect and drop: each text where it was, each once in one file, or none."""
import slimtest

FILES = {
    "app.py": "import a\n",
    "a/__init__.py": "",
    "a-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: a\nVersion: 1\n",
    "a-1.dist-info/licenses/LICENSE": "the text that a and b share\n",
    "b/__init__.py": "",
    "b-2.dist-info/METADATA": "Metadata-Version: 2.1\nName: b\nVersion: 2\n",
    "b-2.dist-info/LICENSE.txt": "the text that a and b share\n",
    "b-2.dist-info/NOTICE": "b's own notice",
    "b/LICENSE.py": "no_licence = True\n",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)

    def slimmed(*arguments) -> dict:
        slimtest.slim(package, "-o", work / "out.zip", *arguments)
        return slimtest.read_zip(work / "out.zip")

    kept = slimmed()
    assert {"a-1.dist-info/licenses/LICENSE", "b-2.dist-info/LICENSE.txt", "b-2.dist-info/NOTICE"} <= set(kept)
    dropped = slimmed("--licenses", "drop")
    assert not [n for n in dropped if "LICENSE" in n and "dist-info" in n or "NOTICE" in n], sorted(dropped)
    assert "b/LICENSE.py" in dropped
    collected = slimmed("--licenses", "collect")
    text = collected["LICENSES.txt"].decode()
    assert text.count("the text that a and b share") == 1 and text.count("b's own notice") == 1, text
    assert "a: a-1.dist-info/licenses/LICENSE" in text and "b: b-2.dist-info/LICENSE.txt" in text, text
    assert not [n for n in collected if "dist-info" in n and "METADATA" not in n], sorted(collected)
    slimtest.slim(work / "out.zip", "-o", work / "again.zip", "--licenses", "collect")
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")
    assert "no mode" in slimtest.slim(package, "-o", work / "x.zip", "--licenses", "some", code=2).stderr
