#!/usr/bin/env python3
"""dist-info is reduced to what importlib.metadata is asked for: name, version, requirements, entry points, licences."""
import slimtest

METADATA = "Metadata-Version: 2.1\nName: pkg\nVersion: 1.2\nRequires-Dist: six>=1\nLicense-File: LICENSE\n\n# pkg\n\nlong text\n"
FILES = {
    "app.py": "import pkg\n", "pkg/__init__.py": "",
    "pkg-1.2.dist-info/METADATA": METADATA, "pkg-1.2.dist-info/RECORD": "pkg/__init__.py,,\n",
    "pkg-1.2.dist-info/INSTALLER": "pip\n", "pkg-1.2.dist-info/REQUESTED": "", "pkg-1.2.dist-info/WHEEL": "Wheel-Version: 1.0\n",
    "pkg-1.2.dist-info/direct_url.json": "{}", "pkg-1.2.dist-info/entry_points.txt": "[group]\nname = pkg:main\n",
    "pkg-1.2.dist-info/top_level.txt": "pkg\n", "pkg-1.2.dist-info/licenses/LICENSE": "MIT\n",
    "bare-1.dist-info/RECORD": "x,,\n",  # no METADATA beside it: left alone
}
ASK = """
import importlib.metadata as m
d = m.distribution("pkg")
print(d.version, d.requires, [e.value for e in d.entry_points], d.metadata["License-File"])
"""
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "out.zip")
    left = slimtest.read_zip(work / "out.zip")
    assert sorted(name for name in left if "dist-info" in name) == [
        "bare-1.dist-info/RECORD", "pkg-1.2.dist-info/METADATA", "pkg-1.2.dist-info/entry_points.txt",
        "pkg-1.2.dist-info/licenses/LICENSE", "pkg-1.2.dist-info/top_level.txt"], sorted(left)
    assert left["pkg-1.2.dist-info/METADATA"].decode() == METADATA.split("\n\n")[0] + "\n"
    before = slimtest.python_in(slimtest.unzip(package, work / "in"), ASK)
    after = slimtest.python_in(slimtest.unzip(work / "out.zip", work / "out"), ASK)
    assert after.stdout == before.stdout and before.stdout.startswith("1.2"), after.stderr

    # In a wheel, pip itself is the reader: nothing of it may go.
    wheel = slimtest.write_zip(work / "pkg-1.2-py3-none-any.whl", FILES)
    plan = slimtest.actions(slimtest.report(wheel))
    assert all(plan[path][0] == "keep" for path in plan if "pkg-1.2.dist-info" in path), plan
