#!/usr/bin/env python3
# labels: registry
"""actionlint and the published schemas of GitHub and GitLab find nothing wrong with the CI templates."""
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys

import slimtest

CI = slimtest.SOURCE / "packaging/ci"
ACTIONLINT = "v1.7.7"


def actionlint() -> pathlib.Path:
    """Built once from the Go module, and kept in the corpus folder."""
    if shutil.which("go") is None:
        slimtest.skip("go is not installed")
    folder = slimtest.CORPUS / f"actionlint-{ACTIONLINT}"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "actionlint").exists():
            done = subprocess.run(["go", "install", f"github.com/rhysd/actionlint/cmd/actionlint@{ACTIONLINT}"],
                                  env={**os.environ, "GOBIN": str(folder)}, capture_output=True, text=True)
            if done.returncode != 0:
                print(done.stderr, flush=True)
                slimtest.skip(f"actionlint could not be built: {done.stderr.strip().splitlines()[-1:]}")
    return folder / "actionlint"


def run(command: list, faults: bool, env: dict | None = None) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env={**os.environ, **(env or {})})
    assert (done.returncode != 0) == faults, f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}"


lint = actionlint()
schemas = {"PYTHONPATH": str(slimtest.pip_target("check-jsonschema", ["check-jsonschema"]))}
with slimtest.workdir() as work:
    for name, schema, key in (("github.yml", "vendor.github-workflows", "runs-on"), ("gitlab.yml", "vendor.gitlab-ci", "script")):
        wrong = work / name
        wrong.write_text((CI / name).read_text().replace(f"{key}:", f"{key}s:"))
        for path in (CI / name, wrong):
            run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path], path == wrong, schemas)
            if name == "github.yml":
                run([lint, "-no-color", path], path == wrong)
