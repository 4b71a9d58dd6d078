#!/usr/bin/env python3
"""--verify with --bytecode sourceless: a package that opens a source whose name nobody can see gets it back, and the rounds end."""
import sys

import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
FILES = {
    "app.py": "import rdr\nfrom rdr import config\n",
    # The name comes from data, in two parts.
    "rdr/__init__.py": "import json, os\nhere = os.path.dirname(os.path.abspath(__file__))\n"
                       "stem, end = json.load(open(os.path.join(here, 'which.json')))\n"
                       "exec(open(os.path.join(here, stem + end)).read())\n",
    "rdr/which.json": '["config.", "py"]',
    "rdr/config.py": "colour = 'red'\n",
    "rdr/other.py": "value = 1\n", "rdr/uses.py": "from rdr import other\n", "rdr/more.py": "from rdr import uses, more\n",
    "rdr-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: rdr\nVersion: 1\n",
    "plain/__init__.py": "from plain import sub\n", "plain/sub.py": "value = 1\n",
    "plain-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: plain\nVersion: 1\n",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    arguments = ["--bytecode", "sourceless", "--runtime", RUNTIME]

    # Nothing in the files says so: only the trial can tell.
    blind = slimtest.actions(slimtest.report(package, *arguments))
    assert blind["rdr/config.py"] == ("drop", "python-sourceless"), blind

    result = slimtest.report(package, "-o", work / "out.zip", "--verify", *arguments)
    done = slimtest.actions(result)
    assert done["rdr/config.py"] == ("keep", None), done["rdr/config.py"]
    assert done["plain/sub.py"] == ("drop", "python-sourceless"), "what had no part in it goes all the same"
    holds = next(f["holds"] for f in result["files"] if f["path"] == "rdr/config.py")
    assert any(h["by"] == "--verify" and "config.py" in h["reason"] for h in holds), holds
    ran = slimtest.python_in(slimtest.unzip(work / "out.zip", work / "out"), "import app; print(app.rdr.colour)")
    assert ran.stdout.strip() == "red", ran.stderr

    # What no rule took away no rule can give back: an error that names what is broken.
    error = slimtest.slim(package, "-o", work / "x.zip", "--verify", "--drop", "rdr/which.json", *arguments, code=2).stderr
    assert "rdr" in error and "does not work any more" in error and "which.json" in error, error
    assert not (work / "x.zip").exists()
