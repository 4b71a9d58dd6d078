"""Functions that do something, before and after slimming: every operation must answer the same.

A folder of test/corpus is a package: requirements.txt says what pip installs, each .py file is a function beside it (its README
tells more). The package is slimmed in each way that bears on what its code finds, and every operation is run in the package as
it was and in each outcome, all in fresh interpreters that see nothing else.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys

import slimtest

MODES = {"default": [], "keep": ["--bytecode", "keep"], "compile": ["--bytecode", "compile", "--python", sys.executable],
         "sourceless": ["--bytecode", "sourceless", "--python", sys.executable]}

# As Lambda's runtime client does: the package's folder on the path, its .pth files obeyed.
RUN = """
import importlib, json, site, sys, traceback, types
sys.dont_write_bytecode = True
folder, name = sys.argv[1:]
sys.path.insert(0, folder)
site.addsitedir(folder)
module = importlib.import_module(name)
answers = {}
for operation, function in list(vars(module).items()):
    if type(function) is not types.FunctionType or function.__module__ != name or function.__code__.co_argcount:
        continue
    try:
        answers[operation] = ["answered", json.dumps(function(), default=repr)]
    except BaseException as error:
        answers[operation] = ["failed", traceback.format_exc()[-1500:]]
print("\\n" + json.dumps(answers))
"""


def operations_of(source) -> list[str]:
    """The operations of a file: functions without arguments, at its top level, that are no helpers of a framework."""
    return re.findall(r"^def (\w+)\(\):", source.read_text(), re.MULTILINE)


def answers(folder, name: str) -> dict:
    """operation -> [\"answered\" or \"failed\", what], with the package's own folder called PACKAGE."""
    home = folder.parent / f"home-{folder.name}-{name}"
    home.mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-I", "-S", "-c", RUN, folder, name], capture_output=True, text=True, timeout=600, cwd=home,
                          env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "MPLCONFIGDIR": str(home)})
    if done.returncode != 0:
        return {"import": ["failed", done.stderr[-1500:]]}
    text = done.stdout.splitlines()[-1].replace(str(folder), "PACKAGE").replace(str(home), "HOME")
    # What a temporary folder or an object's address is called is no answer.
    return json.loads(re.sub(r"/tmp/tmp\w+", "TEMPORARY", re.sub(r"0x[0-9a-f]{8,}", "ADDRESS", text)))


def check(group: str, at_least: int) -> None:
    """at_least: how many operations must answer before slimming, lest the test tries nothing."""
    sources = sorted((slimtest.SOURCE / "test/corpus" / group).glob("*.py"))
    requirements = (slimtest.SOURCE / "test/corpus" / group / "requirements.txt").read_text().split()
    installed = slimtest.pip_target(f"functions-{group}", requirements)
    with slimtest.workdir() as work, concurrent.futures.ThreadPoolExecutor(2) as pool:
        package = work / "0-before"
        shutil.copytree(installed, package, symlinks=True)
        for source in sources:
            shutil.copy(source, package)
        folders = [package]
        for mode, flags in MODES.items():
            slimtest.slim(package, "-o", work / f"{mode}.zip", *flags)
            folders.append(slimtest.unzip(work / f"{mode}.zip", work / f"1-{mode}"))
        found = {(folder, source.stem): pool.submit(answers, folder, source.stem) for folder in folders for source in sources}
        found = {key: future.result() for key, future in found.items()}
        lost, tried = [], 0
        for source in sources:
            before = found[package, source.stem]
            assert set(before) >= set(operations_of(source)), (source.stem, before)
            for operation, (outcome, answer) in before.items():
                tried += outcome == "answered"
                if outcome == "failed":
                    print(f"{group}/{source.stem}.{operation} does not work before: {answer.splitlines()[-1]}")
                for folder in folders[1:]:
                    now = found[folder, source.stem].get(operation, ["failed", str(found[folder, source.stem])])
                    if outcome == "answered" and now != [outcome, answer]:
                        lost.append(f"{folder.name[2:]}: {source.stem}.{operation}: {now[1][-700:]}\n  was {answer[:300]}")
        print(f"{group}: {tried} operations answered before, {len(lost)} otherwise after, in {len(MODES)} ways of slimming", flush=True)
        assert not lost, "\n".join(lost)
        assert tried >= at_least, f"{tried} operations answered before slimming, and {at_least} were to"
