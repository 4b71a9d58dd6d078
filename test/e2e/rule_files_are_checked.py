#!/usr/bin/env python3
"""A rule file with a mistake is refused in one sentence that names file, line and column, and what may be meant."""
import slimtest

GOOD = '[[rule]]\nid = "mine"\naction = "drop"\npaths = ["*.txt"]\nreason = "because"\n'
MISTAKES = {
    GOOD.replace("action", "acton"): ("acton", "did you mean 'action'"),
    GOOD.replace('"drop"', '"dorp"'): ("dorp", "did you mean 'drop'"),
    GOOD.replace('"*.txt"', '"[a"'): ("never closed",),
    GOOD.replace('["*.txt"]', '"*.txt"'): ("paths",),
    GOOD.replace('reason = "because"\n', ""): ("'reason'",),
    GOOD + 'guards = ["source-besid"]\n': ("source-besid", "did you mean 'source-beside'"),
    GOOD + 'kinds = ["elff"]\n': ("elff", "elf"),
    GOOD + "default = false\n": ("risk",),
    GOOD + GOOD: ("mine",),
    GOOD.replace('"mine"', '"python-tests"'): ("python-tests",),
    "[[rule]\n": ("line 1",),
    "[rules]\n": ("rules",),
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {"app.py": "", "a.txt": "x"})
    rules = work / "rules.toml"
    for text, words in MISTAKES.items():
        rules.write_text(text)
        error = slimtest.slim(package, "-n", "--rules", rules, code=2).stderr
        assert error.startswith("slim: ") and error.count("\n") == 1, error
        assert "rules.toml" in error and all(word in error for word in words), (text, error)
    rules.write_text(GOOD)
    assert slimtest.actions(slimtest.report(package, "--rules", rules))["a.txt"] == ("drop", "mine")
    for flag in ("--enable", "--disable"):
        error = slimtest.slim(package, "-n", flag, "python-test", code=2).stderr
        assert "did you mean 'python-tests'" in error, error
    assert "no-such.toml" in slimtest.slim(package, "-n", "--rules", work / "no-such.toml", code=2).stderr
