#!/usr/bin/env python3
"""--bytecode sourceless: installed packages run from bytecode alone, but for those that read their own source; the
function's own code keeps its sources."""
import sys

import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
FILES = {
    "app.py": "import plain.sub, reader\n",
    "plain/__init__.py": "", "plain/sub.py": "value = 1\n",
    "plain-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: plain\nVersion: 1\n",
    "plain-1.dist-info/RECORD": "plain/__init__.py,,\nplain/sub.py,,\n",
    "reader/__init__.py": "import inspect\n\n\ndef f():\n    return 1\n\n\nsource = inspect.getsource(f)\n",
    "reader-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: reader\nVersion: 1\n",
    "reader-1.dist-info/RECORD": "reader/__init__.py,,\n",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "out.zip", "--bytecode", "sourceless", "--runtime", RUNTIME)
    done = set(slimtest.read_zip(work / "out.zip"))
    assert {"app.py", "reader/__init__.py", "plain/sub.pyc", "plain/__init__.pyc"} <= done, sorted(done)
    assert not {"plain/sub.py", "plain/__init__.py"} & done, sorted(done)
    slimtest.slim("verify", work / "out.zip", "--against", package, "--runtime", RUNTIME)
    ran = slimtest.python_in(slimtest.unzip(work / "out.zip", work / "out"), "import app, reader; print(app.plain.sub.value, len(reader.source))")
    assert ran.stdout.split() == ["1", "22"], (ran.stdout, ran.stderr)
    slimtest.slim(work / "out.zip", "-o", work / "again.zip", "--bytecode", "sourceless", "--runtime", RUNTIME)
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")
