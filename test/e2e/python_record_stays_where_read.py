#!/usr/bin/env python3
"""RECORD and what else pip wrote goes, but stays where kept code reads it: files(), packages_distributions(), its name."""
import slimtest

INFO = {f"pkg-1.dist-info/{name}": text for name, text in {
    "METADATA": "Name: pkg\nVersion: 1\n", "RECORD": "pkg/__init__.py,,\n", "INSTALLER": "pip\n", "WHEEL": "Wheel-Version: 1.0\n",
    "direct_url.json": '{"url": "x"}'}.items()}
READERS = {
    "import importlib.metadata\nprint(importlib.metadata.files('pkg'))": ["RECORD"],
    "from importlib.metadata import files\nprint(files('pkg'))": ["RECORD"],
    "from importlib import metadata\nprint(metadata.distribution('pkg').files)": ["RECORD"],
    "from importlib import metadata as m\nprint(m.packages_distributions())": ["RECORD"],
    "from importlib.metadata import packages_distributions as p\nprint(p())": ["RECORD"],
    "import importlib.metadata as m\nprint(m.distribution('pkg').read_text('direct_url.json'))": ["direct_url.json"],
    "import importlib.metadata as m\nprint(m.distribution('pkg').read_text('INSTALLER'))": ["INSTALLER"],
    "import importlib.metadata as m\nfrom importlib import resources\nprint(m.version('pkg'), resources.files('pkg').name)": [],
}
for source, wanted in READERS.items():
    with slimtest.workdir() as work:
        package = slimtest.write_zip(work / "in.zip", {"app.py": source + "\n", "pkg/__init__.py": "", **INFO})
        slimtest.slim(package, "-o", work / "out.zip")
        before = slimtest.python_in(slimtest.unzip(package, work / "before"), "import app")
        after = slimtest.python_in(slimtest.unzip(work / "out.zip", work / "after"), "import app")
        assert before.returncode == 0 and after.stdout == before.stdout, (source, before.stdout, after.stdout, after.stderr)
        left = sorted(name.split("/")[1] for name in slimtest.read_zip(work / "out.zip") if "dist-info" in name)
        assert left == sorted(["METADATA", *wanted]), (source, left)
