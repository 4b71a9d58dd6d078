#!/usr/bin/env python3
# labels: registry
"""rules/runtimes.toml agrees with what the newest botocore (the ids) and cfn-lint (the days) know of Lambda's runtimes. Each
difference that is right has its reason here; any other fails, as does a reason that is no longer needed."""
import gzip
import json
import pathlib
import subprocess
import sys
import tomllib
import zipfile

import slimtest

# Ids of the API that cfn-lint has no days of.
WITHOUT_DAYS = {
    "java8.al2023": "a second image of a runtime; AWS states no days of its own",
    "java11.al2023": "a second image of a runtime; AWS states no days of its own",
    "java17.al2023": "a second image of a runtime; AWS states no days of its own",
    "python3.15": "a preview",
    "nodejs26.x": "a preview",
    "custom": "whatever the customer brings, for as long as they like",
}
# Ids of cfn-lint that no function from a zip can have.
NO_RUNTIME = {"dotnet9": "a base image for containers only, and no id of the API"}
# (id, column) whose day differs from cfn-lint's.
OTHER_DAYS: dict = {}
# Ids of ours that the API has not, or not yet.
NOT_IN_API: dict = {}
COLUMNS = {"deprecated": "deprecated", "create_blocked": "create-block", "update_blocked": "update-block"}


def wheel(package: str, folder: pathlib.Path) -> zipfile.ZipFile:
    done = subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder, package],
                          capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stderr, flush=True)
        slimtest.skip(f"pip could not download {package}: {done.stderr.strip().splitlines()[-1:]}")
    return zipfile.ZipFile(next(folder.glob(f"{package.replace('-', '_')}-*.whl")))


def api_ids(botocore: zipfile.ZipFile) -> set:
    newest = max(name for name in botocore.namelist() if name.startswith("botocore/data/lambda/") and "/service-2.json" in name)
    data = botocore.read(newest)
    return set(json.loads(gzip.decompress(data) if newest.endswith(".gz") else data)["shapes"]["Runtime"]["enum"])


def compare(table: dict, ids: set, days: dict) -> list:
    """What differs without a reason, and reasons without a difference."""
    wrong = [f"{id} is no id of the API" for id in table.keys() - ids - NOT_IN_API.keys()]
    wrong += [f"{id} is an id of the API and not in the table" for id in ids - table.keys()]
    wrong += [f"{id} has days in cfn-lint and is not in the table" for id in days.keys() - table.keys() - NO_RUNTIME.keys()]
    wrong += [f"{id} has no days in cfn-lint" for id in table.keys() - days.keys() - WITHOUT_DAYS.keys()]
    for id in table.keys() & days.keys():
        for ours, theirs in COLUMNS.items():
            if table[id].get(ours) != days[id][theirs] and (id, ours) not in OTHER_DAYS:
                wrong.append(f"{id}: {ours} is {table[id].get(ours)} here and {days[id][theirs]} in cfn-lint")
    wrong += [f"{id}: needs no reason any more" for id in (WITHOUT_DAYS.keys() & days.keys()) | (NO_RUNTIME.keys() & ids) | (NOT_IN_API.keys() & ids)]
    wrong += [f"{id}: {column} needs no reason any more" for id, column in OTHER_DAYS if table[id].get(column) == days[id][COLUMNS[column]]]
    return sorted(wrong)


table = {row["id"]: row for row in tomllib.loads((slimtest.SOURCE / "rules/runtimes.toml").read_text())["runtime"]}
with slimtest.workdir() as work:
    ids = api_ids(wheel("botocore", work))
    days = json.loads(wheel("cfn-lint", work).read("cfnlint/data/AdditionalSpecs/LmbdRuntimeLifecycle.json"))
assert len(ids) > 40 and len(days) > 40, "the data is no longer where it was"
assert compare(table, ids, days) == [], "\n".join(compare(table, ids, days))

# The comparison can fail: an id more, an id less, another day.
assert compare(table, ids | {"python9.9"}, days) == ["python9.9 is an id of the API and not in the table"]
assert compare(table, ids - {"java21"}, days) == ["java21 is no id of the API"]
moved = {**days, "python3.12": {**days["python3.12"], "update-block": "2030-01-01"}}
assert compare(table, ids, moved) == [f"python3.12: update_blocked is {table['python3.12']['update_blocked']} here and 2030-01-01 in cfn-lint"]
# A preview has a base that nobody knows yet; what is generally available has one that is known.
assert {id for id, row in table.items() if "system" not in row} == {id for id, row in table.items() if row.get("preview")} | {"custom"}
