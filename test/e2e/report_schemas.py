#!/usr/bin/env python3
"""Every JSON report is what docs/schema says, member for member, and the schemas name nothing that no report has."""
import json
import shutil
import subprocess
import sys

import hostile
import slimtest
import verify_support
from check_support import ARCH, RUNTIME, library

jsonschema = slimtest.importable("jsonschema")
SCHEMAS = {path.stem: json.loads(path.read_text()) for path in (slimtest.SOURCE / "docs/schema").glob("*.json")}
assert set(SCHEMAS) == {"report-1", "check-1", "diff-1", "explain-1", "rules-1"}


def closed(schema):
    """The same schema, but a member that it doesn't name is an error: readers are told to expect some, the test is not."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    return {**made, "additionalProperties": False} if "properties" in made and made.get("type") == "object" else made


VALIDATORS = {}
for name, schema in SCHEMAS.items():
    jsonschema.Draft202012Validator.check_schema(schema)
    VALIDATORS[name] = jsonschema.Draft202012Validator(closed(schema))


def members(schema: dict, root: dict, place: str = "") -> set:
    """Paths of all members that a schema names: "files[].holds[].by"."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    found = set()
    for key, value in schema.get("properties", {}).items():
        found |= {f"{place}{key}"} | members(value, root, f"{place}{key}.")
    if "items" in schema:
        found |= members(schema["items"], root, place.removesuffix(".") + "[].")
    return found


def present(value, place: str = "") -> set:
    found = set()
    if isinstance(value, dict):
        for key, each in value.items():
            found |= {f"{place}{key}"} | present(each, f"{place}{key}.")
    elif isinstance(value, list):
        for each in value:
            found |= present(each, place.removesuffix(".") + "[].")
    return found


SEEN = {name: set() for name in SCHEMAS}


def report(*args, code: int = 0) -> dict:
    value = json.loads(slimtest.slim(*args, "--json", "-", code=code).stdout)
    name = value["schema"].removeprefix("slim-")
    errors = sorted(VALIDATORS[name].iter_errors(value), key=str)
    assert errors == [], (args, errors[0].json_path, errors[0].message)
    SEEN[name] |= present(value)
    return value


with slimtest.workdir() as work:
    package = work / "in.zip"
    subprocess.run(["python3", slimtest.SOURCE / "testdata/make_sample.py", package], check=True)
    (work / "slim.toml").write_text('[[keep]]\npath = "**/test_*"\nreason = "they run"\n[profile.small]\nlevel = 9\n')
    small = ["--profile", "small"]
    plan = report(package, "-o", work / "out.zip", *small, "--stats")
    report(package, "--dry-run", "--no-config")
    report(package, "-o", work / "out.tar", "--arch", ARCH)
    starting = slimtest.write_zip(work / "starting.zip", {"app.py": "import lib\ndef handler(event, context):\n    pass\n", "lib.py": ""})
    report(starting, "-o", work / "init.zip", "--bytecode", "init", "--runtime", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    report("explain", package, "**", *small)
    report("rules", package, *small)
    report("rules", "--no-config")
    report("check", package, *RUNTIME, "--handler", "nowhere.handler", *small, code=1)
    report("diff", package, work / "out.zip")

    # Two libraries that are the same, one of another architecture, versions, and names of all sorts.
    same = library("int data[9999] = {1}; int f(void) { return data[1]; }", "-g", "-Wl,-soname,libsame.so.1")
    files = {"a/libsame.so.1": same, "b/libsame.so.1": same, "p/__init__.py": "", "p/core.py": "import p.tests.helper\n",
             "p/tests/__init__.py": "", "p/tests/helper.py": "", "p/tests/test_p.py": "",
             "p-1.0.dist-info/METADATA": "Name: p\nVersion: 1.0\n\nlong\n", "p-1.0.dist-info/RECORD": "",
             "p-1.0.dist-info/LICENSE": "The text.\n", "p-1.0.dist-info/top_level.txt": "p\n", "bootstrap": "#!/bin/sh\n"}
    before = slimtest.write_zip(work / "before.zip", files)
    newer = {key.replace("1.0", "1.1"): value.replace("1.0", "1.1") if isinstance(value, str) else value for key, value in files.items()}
    after = slimtest.write_zip(work / "after.zip", {**newer, "p/__init__.py": "x = 1\n"})
    report("diff", before, after)
    report(before, "-o", work / "out.zip", "--no-config", "--licenses", "collect")
    report("explain", before, "**", "--no-config")
    report("explain", before, "p/tests/helper.py", "--no-config")
    proof = ["--verify", "--verify-command", verify_support.QUIET, *verify_support.RUNTIME, "--no-config"]
    proven = report(verify_support.make(work), "-o", work / "out.zip", *proof)["proof"]
    assert proven["imported"] == proven["modules"] > 0 and proven["restored"], proven
    folder = hostile.make(work / "hostile")
    report(folder, "-n", "--arch", ARCH, code=1)
    report("check", folder, "--arch", ARCH, code=1)
    report("check", before, "--layer", package, "--no-config")
    report("explain", folder, "**", "--no-config")

    for name, schema in SCHEMAS.items():
        never = members(schema, schema) - SEEN[name]
        assert never == set(), f"{name} names what no report had: {sorted(never)}"
    # And a report that isn't one is refused.
    plan["files"][0]["unpacked_before"] = -1
    assert not VALIDATORS["report-1"].is_valid(plan)
