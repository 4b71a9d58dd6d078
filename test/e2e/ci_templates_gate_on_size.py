#!/usr/bin/env python3
# labels: registry
"""The CI templates build, slim and gate a function as they stand: they pass with the committed baseline, and they fail with
a report that says why where the package has grown, is over its budget, or has no baseline."""
import pathlib
import shutil
import xml.etree.ElementTree

import slimtest
from runner_support import TEMPLATES, GitHub, GitLab

REQUIREMENTS = "markupsafe==3.0.2\n"
HANDLER = "import markupsafe\n\ndef handler(event, context):\n    return str(markupsafe.escape(event))\n"


def repository(folder: pathlib.Path, handler: str, baseline: pathlib.Path | None) -> pathlib.Path:
    folder.mkdir()
    (folder / "app.py").write_text(handler)
    (folder / "requirements.txt").write_text(REQUIREMENTS)
    if baseline:
        shutil.copy(baseline, folder / "size.json")
    return folder


def first_baseline(work: pathlib.Path) -> pathlib.Path:
    """As the templates say, from what their own first job builds."""
    folder = work / "package"
    shutil.copytree(slimtest.pip_target("ci-markupsafe", [REQUIREMENTS.strip()]), folder)
    (folder / "app.py").write_text(HANDLER)
    slimtest.slim(folder, "-o", work / "slim.zip")
    slimtest.slim("check", work / "slim.zip", "--baseline", work / "size.json", "--update-baseline")
    return work / "size.json"


def github(work: pathlib.Path, repo: pathlib.Path, change=lambda text: text) -> tuple[bool, GitHub]:
    run = GitHub(change((TEMPLATES / "github.yml").read_text()), repo, work / f"github-{repo.name}-{change.__name__}")
    run.work.mkdir()
    return run.run(), run


def gitlab(work: pathlib.Path, repo: pathlib.Path, change=lambda text: text) -> tuple[bool, GitLab]:
    run = GitLab(change((TEMPLATES / "gitlab.yml").read_text()), repo, work / f"gitlab-{repo.name}-{change.__name__}")
    run.work.mkdir()
    return run.run(), run


def small_budget(text: str) -> str:
    assert "unpacked=200MB" in text
    return text.replace("unpacked=200MB", "unpacked=2kB")


def no_pipefail(text: str) -> str:
    return text.replace("shell: bash", "shell:")


def markdown_of(run: GitLab) -> str:
    size = run.artifacts / "package-size/size"
    return (size / "slimmed.md").read_text() + (size / "check.md").read_text()


with slimtest.workdir() as work:
    baseline = first_baseline(work)
    same = repository(work / "same", HANDLER, baseline)
    grown = repository(work / "grown", HANDLER + f"TABLE = '{'x' * 3000}'\n", baseline)
    fresh = repository(work / "fresh", HANDLER, None)

    passed, hub = github(work, same)
    assert passed, hub.log
    assert "function.zip" in hub.summary and "slim.zip" in hub.summary and "passed" in hub.summary, hub.summary
    passed, lab = gitlab(work, same)
    assert passed, lab.log
    (work / "hub.zip").write_bytes(hub.artifacts["slim"]["slim.zip"])
    for package in (work / "hub.zip", lab.artifacts / "package-size/slim.zip"):
        tree = slimtest.unzip(package, work / f"tree-{package.parent.name}")
        answer = slimtest.python_in(tree, "import app; print(app.handler('<', None))")
        assert answer.stdout == "&lt;\n", answer.stderr
        assert not list(tree.rglob("*.pyc"))

    passed, hub = github(work, grown)
    assert not passed and "slim" not in hub.artifacts, hub.log
    assert "failed" in hub.summary and "grew" in hub.summary + hub.log, hub.summary
    passed, lab = gitlab(work, grown)
    assert not passed, lab.log
    assert "failed" in markdown_of(lab), markdown_of(lab)
    assert xml.etree.ElementTree.parse(lab.artifacts / "package-size/size/check.xml").findall(".//failure")

    for run in (github, gitlab):
        passed, state = run(work, same, small_budget)
        assert not passed and "budget" in state.log, state.log
        passed, state = run(work, fresh)
        assert not passed and "--update-baseline" in state.log, state.log

    passed, state = github(work, grown, no_pipefail)
    assert passed, "the shell that the template names is what makes the pipe fail: the test must see that"
