#!/usr/bin/env python3
"""`slim verify` names modules and distributions that worked before and don't now; `--verify` restores what they need and
says which rule it held back."""
import sys

import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
# No scan can see this: the path is made at run time.
SNEAKY = """
import os
folder = os.path.join(os.path.dirname(__file__), "".join(["te", "sts"]))
text = open(os.path.join(folder, "needed." + "json")).read()
"""
FILES = {
    "app.py": "import honest\n",
    "honest/__init__.py": "",
    "honest/tests/__init__.py": "",
    "honest/tests/test_it.py": "assert True\n",
    "sneaky/__init__.py": "",
    "sneaky/core.py": SNEAKY,
    "sneaky/tests/__init__.py": "",
    "sneaky/tests/test_core.py": "assert True\n",
    "sneaky/tests/needed.json": "{}",
    "never/__init__.py": "import no_such_module\n",
    # A distribution made up for tests, as numcodecs has one: it works only where they put their folder on sys.path.
    "made/__init__.py": "",
    "made/tests/test_made.py": "assert True\n",
    "made/tests/plugin/__init__.py": "",
    "made/tests/plugin-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: plugin\nVersion: 1.0\n",
    "named-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: named\nVersion: 1.0\n\nlong text\n",
}

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "out.zip", "--runtime", RUNTIME)
    if "sneaky/tests/needed.json" in slimtest.read_zip(work / "out.zip"):
        raise AssertionError("this test needs a file that slim drops wrongly: the scan has learnt to see this one")

    told = slimtest.slim("verify", work / "out.zip", "--against", package, "--runtime", RUNTIME, code=1).stdout
    assert "sneaky.core" in told and "needed.json" in told and "1 regressed" in told, told
    assert "never" not in told, "what did not work before has not regressed"
    assert "plugin" not in told and "made/tests/plugin/__init__.py" not in slimtest.read_zip(work / "out.zip"), told
    clean = slimtest.slim("verify", package, "--against", package, "--runtime", RUNTIME).stdout
    assert "0 regressed" in clean and "1 distributions" in clean, clean

    # A distribution that can't be asked for any more counts as well.
    without = slimtest.write_zip(work / "without.zip", {k: v for k, v in FILES.items() if "dist-info" not in k})
    told = slimtest.slim("verify", without, "--against", package, "--runtime", RUNTIME, code=1).stdout
    assert "distribution" in told and "named" in told, told

    # Alone: what does not import, as a plain statement.
    alone = slimtest.slim("verify", package, "--runtime", RUNTIME).stdout
    assert "no_such_module" in alone and "5 of 6 modules" in alone, alone

    result = slimtest.report(package, "-o", work / "proven.zip", "--verify", "--runtime", RUNTIME)
    done = slimtest.read_zip(work / "proven.zip")
    assert "sneaky/tests/needed.json" in done and "honest/tests/test_it.py" not in done, sorted(done)
    holds = next(f["holds"] for f in result["files"] if f["path"] == "sneaky/tests/needed.json")
    assert any(hold["by"] == "--verify" and "sneaky.core" in hold["reason"] for hold in holds), holds
    slimtest.slim("verify", work / "proven.zip", "--against", package, "--runtime", RUNTIME)

    # The user's own --drop is not overruled in silence: nothing is written.
    error = slimtest.slim(package, "-o", work / "dropped.zip", "--verify", "--runtime", RUNTIME, "--drop", "honest/**",
                          "--disable", "python-tests", "--disable", "python-long-description", code=2).stderr
    assert "app" in error and "--drop" in error and not (work / "dropped.zip").exists(), error
