#!/usr/bin/env python3
"""What uv, PDM, pipx, conda, setuptools and virtualenv write for themselves goes, stays where kept code reads it, and only there."""
import slimtest

INFO = "pkg-1.dist-info/"
EGG = "old-1.egg-info/"
RECORDS = {
    INFO + "uv_cache.json": '{"timestamp":{"secs_since_epoch":1795633430}}', INFO + "uv_build.json": "{}", INFO + "REFER_TO": "/home/me/.cache/pdm",
    INFO + "provenance_url.json": "{}", EGG + "SOURCES.txt": "old.py\n", EGG + "installed-files.txt": "../old.py\n", EGG + "dependency_links.txt": "\n",
    EGG + "zip-safe": "\n", ".pdm-python": "/home/me/.venv/bin/python", "env/pipx_metadata.json": "{}", "env/conda-meta/x-1.json": '{"timestamp": 1}',
    "env/conda-meta/history": "==> 2024-01-02 03:04:05 <==\n",
}
UNREAD = {".lock": "", "pip-26.3.virtualenv": "", "env/.gitignore": "*\n"}
STAYS = {
    "pkg/__init__.py": "", "old.py": "", INFO + "METADATA": "Name: pkg\nVersion: 1\n", EGG + "PKG-INFO": "Name: old\nVersion: 1\n", EGG + "top_level.txt": "old\n",
    "env/pyvenv.cfg": "home = /usr/bin\n", "_virtualenv.pth": "import _virtualenv", "_virtualenv.py": "", "pipx_shared.pth": "/opt/shared\n",
    "env/conda-meta/pinned": "x 1\n", "pkg/.lock": "", ".gitignore": "*.pyc\n", "data/uv_cache.json": "{}", "data/pipx_metadata.json": "{}", "data/x.virtualenv": "",
    "sub/.lock": "full",
}
READERS = {
    "pass": [],
    "import importlib.metadata as m; m.distribution('pkg').read_text('uv_cache.json')": [INFO + "uv_cache.json"],
    "import importlib.metadata as m; m.files('old')": [EGG + "SOURCES.txt", EGG + "installed-files.txt"],
    "open(info + '/REFER_TO')": [INFO + "REFER_TO"],
    "import os, sys; os.path.exists(os.path.join(sys.prefix, 'conda-meta'))": ["env/conda-meta/history", "env/conda-meta/x-1.json"],
    "import os, sys; os.path.exists(sys.prefix + '/conda-meta/history')": ["env/conda-meta/history", "env/conda-meta/x-1.json"],
    "open('pipx_metadata.json')": ["env/pipx_metadata.json"],
    "open('.pdm-python')": [".pdm-python"],
    "open('x.egg-info/dependency_links.txt')": [EGG + "dependency_links.txt"],
}
for source, wanted in READERS.items():
    with slimtest.workdir() as work:
        package = slimtest.write_zip(work / "in.zip", {"app.py": source + "\n", **STAYS, **RECORDS, **UNREAD})
        slimtest.slim(package, "-o", work / "out.zip")
        left = set(slimtest.read_zip(work / "out.zip"))
        expected = {"app.py", *STAYS, *wanted}
        assert left == expected, (source, left - expected, expected - left)

with slimtest.workdir() as work:
    before = slimtest.unzip(slimtest.write_zip(work / "in.zip", {"app.py": "", **STAYS, **RECORDS}), work / "before")
    ask = "import importlib.metadata as m; print(m.version('old'), m.version('pkg'), m.distribution('old').metadata['Name'])"
    slimtest.slim(work / "in.zip", "-o", work / "out.zip")
    after = slimtest.unzip(work / "out.zip", work / "after")
    assert slimtest.python_in(before, ask).stdout == slimtest.python_in(after, ask).stdout == "1 1 old\n"
    # A wheel is for installers.
    plan = slimtest.actions(slimtest.report(slimtest.write_zip(work / "pkg-1-py3-none-any.whl", {**STAYS, **RECORDS, **UNREAD})))
    assert all(action == "keep" for action, _ in plan.values()), plan
