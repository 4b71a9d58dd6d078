"""Runs the templates of packaging/ci as their runners do: each `run:` in a shell with the environment and the files that a
runner gives, `uses:` by what those actions do, a GitLab script in one shell, and artifacts from job to job."""
import os
import pathlib
import shutil
import subprocess
import sys

import slimtest

yaml = slimtest.importable("yaml", "PyYAML")
TEMPLATES = slimtest.SOURCE / "packaging/ci"


def environment(work: pathlib.Path, extra: dict) -> dict:
    """Of this machine's no more than the way to programs and packages; slim is on PATH, as in its image."""
    kept = {name: value for name, value in os.environ.items()
            if name == "HOME" or name.startswith("PIP_") or name.lower().endswith("_proxy")}
    path = [str(pathlib.Path(slimtest.SLIM).parent), str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]
    return {**kept, "PATH": os.pathsep.join(path), "XDG_CACHE_HOME": str(work / "cache"), "CI": "true", **extra}


class GitHub:
    """A workflow in a repository; what its jobs did is in log, summary and artifacts."""

    def __init__(self, text: str, repository: pathlib.Path, work: pathlib.Path):
        self.workflow = yaml.safe_load(text)
        self.repository = repository
        self.work = work
        self.artifacts = {}
        self.summary = ""
        self.log = ""

    def run(self) -> bool:
        done = set()
        for name, job in self.workflow["jobs"].items():
            needs = job.get("needs", [])
            assert set([needs] if isinstance(needs, str) else needs) <= done, f"{name} stands before what it needs"
            if not self.run_job(name, job):
                return False
            done.add(name)
        return True

    def run_job(self, name: str, job: dict) -> bool:
        workspace = self.work / "github" / name
        workspace.mkdir(parents=True)
        for step in job["steps"]:
            assert not set(step) - {"name", "uses", "with", "run", "shell"}, f"the test knows no such key: {step}"
            if "uses" in step:
                self.use(step["uses"].split("@")[0], step.get("with", {}), workspace)
            elif not self.run_step(name, step["run"], step.get("shell") or job.get("defaults", {}).get("run", {}).get("shell"),
                                   workspace):
                return False
        return True

    def use(self, action: str, inputs: dict, workspace: pathlib.Path) -> None:
        if action == "actions/checkout":
            shutil.copytree(self.repository, workspace, dirs_exist_ok=True)
        elif action == "actions/upload-artifact":
            self.artifacts[inputs["name"]] = {inputs["path"]: (workspace / inputs["path"]).read_bytes()}
        elif action == "actions/download-artifact":
            for path, content in self.artifacts[inputs["name"]].items():
                (workspace / path).write_bytes(content)
        else:
            assert action == "actions/setup-python", action

    def run_step(self, job: str, script: str, shell: str | None, workspace: pathlib.Path) -> bool:
        files = self.work / "github/files"
        files.mkdir(exist_ok=True)
        commands = {name: files / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH")}
        for path in commands.values():
            path.write_text("")
        (files / "step.sh").write_text(script)
        options = ["--noprofile", "--norc", "-eo", "pipefail"] if shell == "bash" else ["-e"]
        done = subprocess.run(
            ["bash", *options, files / "step.sh"], cwd=workspace, capture_output=True, text=True,
            env=environment(self.work, {**{name: str(path) for name, path in commands.items()}, "GITHUB_ACTIONS": "true",
                                        "GITHUB_WORKSPACE": str(workspace), "GITHUB_JOB": job, "RUNNER_OS": "Linux",
                                        "RUNNER_TEMP": str(files), "GITHUB_EVENT_NAME": "pull_request"}))
        self.log += done.stdout + done.stderr
        self.summary += commands["GITHUB_STEP_SUMMARY"].read_text()
        return done.returncode == 0


class GitLab:
    """The jobs of a .gitlab-ci.yml; their artifacts are files of the folder of that name."""

    def __init__(self, text: str, repository: pathlib.Path, work: pathlib.Path):
        self.jobs = yaml.safe_load(text)
        self.repository = repository
        self.work = work
        self.artifacts = work / "artifacts"
        self.log = ""

    def run(self) -> bool:
        stages = ["build", "test", "deploy"]
        return all(self.run_job(name, job) for name, job in sorted(self.jobs.items(), key=lambda item: stages.index(item[1]["stage"])))

    def run_job(self, name: str, job: dict) -> bool:
        assert not set(job) - {"stage", "image", "needs", "script", "artifacts"}, f"the test knows no such key: {job}"
        project = self.work / "gitlab" / name
        shutil.copytree(self.repository, project)
        for needed in job.get("needs", []):
            shutil.copytree(self.artifacts / needed, project, dirs_exist_ok=True)
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])], cwd=project, capture_output=True, text=True,
            env=environment(self.work, {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(project), "CI_JOB_NAME": name,
                                        "CI_PIPELINE_SOURCE": "merge_request_event"}))
        self.log += done.stdout + done.stderr
        passed = done.returncode == 0
        if passed or job["artifacts"].get("when") == "always":
            self.upload(name, project, job["artifacts"])
        return passed

    def upload(self, name: str, project: pathlib.Path, artifacts: dict) -> None:
        reports = artifacts.get("reports", {}).values()
        for path in [*artifacts["paths"], *reports]:
            source, target = project / path, self.artifacts / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy2(source, target)
