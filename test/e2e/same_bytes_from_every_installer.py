#!/usr/bin/env python3
# labels: registry
# timeout: 900
"""The same packages, installed twice at different times by uv, pip and a third installer, give the same bytes out of slim."""
import os
import pathlib
import shutil
import subprocess
import sys
import time

import slimtest

TOOLS = slimtest.pip_target("installers", ["uv", "installer"])
ENV = {**os.environ, "PYTHONPATH": str(TOOLS), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
PACKAGES = ["six==1.17.0", "idna==3.7", "certifi==2024.7.4"]
PROJECT = {"pyproject.toml": '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
                             '[project]\nname = "ours"\nversion = "1.0"\n', "ours/__init__.py": "x = 1\n"}


def run(*command, env=ENV):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=env)
    if done.returncode != 0:
        print(done.stderr, flush=True)
        slimtest.skip(f"{command[:4]}: {done.stderr.strip().splitlines()[-1:]}")


def by_uv(project, target):
    run(TOOLS / "bin/uv", "pip", "install", "--quiet", "--target", target, "--python", sys.executable, *PACKAGES, project)


def by_pip(project, target):
    run(sys.executable, "-m", "pip", "install", "-q", "--target", target, *PACKAGES, project, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})


def by_installer(project, target):
    """The library that Poetry and PDM install by, too."""
    wheels = target.with_suffix(".wheels")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--wheel-dir", wheels, *PACKAGES, project, env=os.environ)
    for wheel in sorted(wheels.glob("*.whl")):
        run(sys.executable, "-m", "installer", "--prefix", "/", "--destdir", target.with_suffix(".root"), wheel)
    site = next(target.with_suffix(".root").rglob("site-packages"))
    shutil.copytree(site, target)


# What an installer says of itself, of its own place or of the time.
OWN = {"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json", "uv_cache.json", "uv_build.json", ".lock"}
with slimtest.workdir() as work:
    outputs = {}
    unlike = set()
    for install in (by_uv, by_pip, by_installer):
        for turn in (1, 2):
            project = work / f"project-{turn}"  # another place, with other times
            shutil.rmtree(project, ignore_errors=True)
            (project / "ours").mkdir(parents=True)
            for name, text in PROJECT.items():
                (project / name).write_text(text)
            target = work / f"{install.__name__}-{turn}"
            install(project, target)
            shutil.rmtree(target / "bin", ignore_errors=True)  # commands name the interpreter, each in its way
            slimtest.slim(target, "-o", work / f"{target.name}.zip")
            outputs[target.name] = slimtest.sha256(work / f"{target.name}.zip")
            time.sleep(1.1)
        first, second = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
                         for folder in (work / f"{install.__name__}-{turn}" for turn in (1, 2)))
        unlike |= {path.name for path in first.keys() | second.keys() if first.get(path) != second.get(path)}
    left = slimtest.read_zip(work / "by_uv-1.zip")
    assert {"uv_cache.json", "RECORD", "direct_url.json"} <= unlike <= OWN, unlike  # the inputs do differ
    assert len(set(outputs.values())) == 1, outputs
    assert "ours-1.0.dist-info/METADATA" in left and not OWN & {pathlib.PurePath(name).name for name in left}, sorted(left)
    again = work / "again.zip"
    slimtest.slim(work / "by_uv-1.zip", "-o", again)
    assert slimtest.sha256(again) == outputs["by_uv-1"]
