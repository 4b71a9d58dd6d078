#!/usr/bin/env python3
"""Syntax of Python 3.15 is understood, and what is newer still holds whatever it may need: keep beats drop."""
import slimtest

TESTS = {f"{top}/{name}": text for top in ("p", "q", "other") for name, text in {
    "__init__.py": "", "tests/__init__.py": "", "tests/helper.py": "x = 1\n", "tests/test_a.py": "", "tests/test_b.py": ""}.items()}


def held(sources: dict) -> set:
    """The packages whose tests stay."""
    with slimtest.workdir() as work:
        plan = slimtest.actions(slimtest.report(slimtest.write_zip(work / "in.zip", {**TESTS, **sources})))
    return {path.split("/")[0] for path, (action, _) in plan.items() if path.endswith("/tests/helper.py") and action == "keep"}


# PEP 810 is known: what it names stays, and nothing else does.
assert held({"app.py": "lazy import p.tests.helper\nlazy from q.tests import helper\n"}) == {"p", "q"}
assert held({"app.py": "x = 1; lazy import p.tests.helper as h\n"}) == {"p"}
assert held({"app.py": "lazy from q.tests import (\n  helper,  # noqa\n)\n"}) == {"q"}
assert held({"app.py": "__lazy_import__('q.tests.helper')\n"}) == {"q"}
assert held({"app.py": "lazy = 1\nprint(lazy)\n"}) == set()

# A file that slim can't make sense of may need all that lies beside and below it, and what it names anywhere.
for source in ("defer import p.tests.helper\n", "import! p.tests.helper\n", "import x lazily, p.tests.helper\n", "x = df'''{p['a']}'''\n",
               "from p.tests lazily import helper\n", "x = y ?? z\n", "import 'p.tests.helper'\n"):
    assert held({"app.py": source}) == {"p", "q", "other"}, source
    elsewhere = held({"q/sub/__init__.py": "", "q/sub/new.py": source})
    # The word "tests" may also mean those of a package above the file.
    assert elsewhere == ({"p", "q"} if "p.tests" in source else set()), (source, elsewhere)
assert held({"q/sub/__init__.py": "", "q/sub/new.py": "defer from .. import (tests)\n"}) == {"q"}

# PEP 829: what Python calls at its start, and the file that says so, also in a folder of tests.
START = "# comment\n\np.tests.helper:main\n"
for text in (START, "\ufeff" + START, START.replace("\n", "\r\n"), "  p.tests.helper:main"):
    assert held({"app.py": "", "x.start": text}) == {"p"}, text
assert held({"app.py": "", "x.start": "# p.tests.helper:main\n"}) == set()
# Since 3.15 a .pth may begin with a mark and its lines with blanks.
assert held({"app.py": "", "x.pth": "\ufeff import p.tests.helper\n"}) == {"p"}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {**TESTS, "p/tests/x.start": START, "p/tests/x.pth": "lib\n"})
    plan = slimtest.actions(slimtest.report(package))
    assert plan["p/tests/x.start"][0] == plan["p/tests/x.pth"][0] == "keep", plan

# Bytecode of a Python that slim doesn't know can't be judged, so it stays where it was asked for.
MAGIC = {13: 3571, 15: 3666, 16: 3700}
with slimtest.workdir() as work:
    for minor, magic in MAGIC.items():
        path = f"__pycache__/app.cpython-3{minor}.pyc"
        unchecked = magic.to_bytes(2, "little") + b"\r\n\1\0\0\0" + b"12345678" + b"code"
        package = slimtest.write_zip(work / "in.zip", {"app.py": "x = 1\n", path: unchecked})
        # No flag can name a runtime that is newer than slim: there the files tell.
        runtime = ["--runtime", f"python3.{minor}"] if minor != 16 else []
        report = slimtest.report(package, "--bytecode", "keep", *runtime)
        file = next(file for file in report["files"] if file["path"] == path)
        assert file["action"] == ("keep" if minor == 16 else "drop"), (minor, file)
        if minor == 16:
            assert any("Python 3.16" in hold["reason"] for hold in file["holds"]), file
