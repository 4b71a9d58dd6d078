#!/usr/bin/env python3
"""Keep beats drop, and neither the order of flags nor that of rules changes the plan."""
import itertools
import random

import slimtest

FILES = {"app.py": "", "a/__init__.py": "", "a/x.py": "", "a/x.pyi": "", "a/tests/__init__.py": "", "a/tests/t.py": "",
         "docs/a.txt": "1", "docs/b.txt": "2", "lib/.DS_Store": b"\0\0\0\1Bud1\0\0"}
FLAGS = [("--keep", "a/tests/**"), ("--drop", "docs"), ("--keep", "docs/b.txt"), ("--drop", "a/**/t.py"), ("--disable", "desktop-files")]
RULES = """[[rule]]
id = "{id}"
action = "{action}"
paths = ["docs/*", "a/x.py"]
reason = "for the test"
"""
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    plans = []
    for order in random.Random(7).sample(list(itertools.permutations(FLAGS)), 24):
        plans.append(slimtest.actions(slimtest.report(package, *itertools.chain(*order))))
    assert all(plan == plans[0] for plan in plans)
    plan = plans[0]
    assert plan["docs/a.txt"] == ("drop", "--drop") and plan["docs/b.txt"][0] == "keep"
    assert plan["a/tests/t.py"][0] == "keep" and plan["lib/.DS_Store"][0] == "keep" and plan["a/x.pyi"][0] == "drop"

    # A keep rule holds against every other rule. Rules are sorted by their ids as they are read: so it is the ids that come in
    # every order here, before and behind those of slim's own rules, and not only the files.
    for names in itertools.permutations(["aa", "mm", "zz"]):
        ids = dict(zip(["keep", "drop", "cut-metadata"], (f"{name}-of-the-test" for name in names)))
        files = []
        for action, name in ids.items():
            files.append(work / f"{action}.toml")
            files[-1].write_text(RULES.format(id=name, action=action))
        for order in itertools.permutations(files):
            flags = itertools.chain(*(("--rules", file) for file in order))
            result = slimtest.report(package, *flags)
            held = {file["path"]: file for file in result["files"]}
            for path in ("a/x.py", "docs/a.txt"):
                assert held[path]["action"] == "keep" and held[path]["holds"] == [{"by": ids["keep"], "reason": "for the test"}], held[path]
            told = slimtest.slim("explain", package, "docs/a.txt", "--json", "-", *itertools.chain(*(("--rules", file) for file in order)))
            assert slimtest.json.loads(told.stdout)["files"][0]["matches"] == sorted(ids.values()), told.stdout
        # Without the keep the strongest action wins, whatever its id.
        drop = slimtest.actions(slimtest.report(package, "--rules", files[2], "--rules", files[1]))
        assert drop["a/x.py"] == drop["docs/a.txt"] == ("drop", ids["drop"]), drop
