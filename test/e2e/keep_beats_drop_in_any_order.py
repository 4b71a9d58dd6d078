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

    # Rules of two files, in either order; a keep rule holds against every other rule.
    (work / "one.toml").write_text(RULES.format(id="one-drop", action="drop"))
    (work / "two.toml").write_text(RULES.format(id="two-keep", action="keep"))
    first = slimtest.report(package, "--rules", work / "one.toml", "--rules", work / "two.toml")
    second = slimtest.report(package, "--rules", work / "two.toml", "--rules", work / "one.toml")
    assert slimtest.actions(first) == slimtest.actions(second)
    assert slimtest.actions(first)["a/x.py"][0] == "keep"
    alone = slimtest.actions(slimtest.report(package, "--rules", work / "one.toml"))
    assert alone["a/x.py"] == ("drop", "one-drop") and alone["docs/a.txt"] == ("drop", "one-drop")
