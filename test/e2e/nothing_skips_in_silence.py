#!/usr/bin/env python3
"""With CI set a test that leaves something out fails, unless test/support/may_skip.txt has its reason word for word; without CI it
skips. No test knows another way to skip, and the list names nothing that isn't there."""
import os
import pathlib
import re
import subprocess
import sys

import slimtest

E2E = slimtest.SOURCE / "test/e2e"
LISTED, WHAT, _ = slimtest.may_skip()[0]


def ends_with(work, name: str, code: str, ci: str) -> int:
    script = work / f"{name}.py"
    script.write_text(f"import slimtest\n{code}\n")
    environment = {key: value for key, value in os.environ.items() if key != "CI"} | ({"CI": ci} if ci else {})
    return subprocess.run([sys.executable, script], env=environment, capture_output=True).returncode


with slimtest.workdir() as work:
    for call, code in (("skip", 77), ("leave_out", 0)):
        assert ends_with(work, "some_test", f"slimtest.{call}('no such tool')", "") == code
        assert ends_with(work, "some_test", f"slimtest.{call}('no such tool')", "true") == 1
        assert ends_with(work, LISTED, f"slimtest.{call}({WHAT!r})", "true") == code
        assert ends_with(work, LISTED, f"slimtest.{call}('something else')", "true") == 1, "a listed test may leave out anything"
        assert ends_with(work, "some_test", f"slimtest.{call}({WHAT!r})", "true") == 1, "any test may leave out what one may"

texts = {path.stem: path.read_text() for path in [*E2E.glob("*.py"), *(slimtest.SOURCE / "test/support").glob("*.py")]}
assert len(texts) > 150
for test, what, why in slimtest.may_skip():
    assert (E2E / f"{test}.py").exists() and what in texts[test], f"may_skip.txt: {test} doesn't leave out {what!r}"
ways = re.compile(r"exit\(77\)|SkipTest|pytest\.skip|environ\.get\(.CI.\)|(not installed|is not on this machine).*\bprint\(|\bprint\(.*(not installed|not on this machine)")
others = {name: found[0] for name, text in texts.items() if name not in ("slimtest", pathlib.Path(__file__).stem) and (found := ways.search(text))}
assert not others, f"these skip by themselves, and not by slimtest.skip or leave_out: {others}"
unit = {path.name for path in (slimtest.SOURCE / "test/unit").glob("*.cc") if "GTEST_SKIP" in path.read_text()}
assert not unit, f"unit tests need nothing that may be missing: {unit}"
