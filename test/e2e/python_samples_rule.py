#!/usr/bin/env python3
"""--enable python-samples takes samples and documentation inside packages, but nothing that kept code imports or names."""
import slimtest

FILES = {
    "app.py": "import pkg\n",
    "docs/mine.md": "the user's own folder is no package",
    "pkg/__init__.py": "import os\nfrom pkg.docs import method\nopen(os.path.join(os.path.dirname(__file__), 'samples', 'needed.csv'))\n",
    "pkg/docs/__init__.py": "", "pkg/docs/method.py": "x = 1\n", "pkg/docs/unused.rst": "text",
    "pkg/samples/needed.csv": "1,2", "pkg/samples/other.csv": "3,4",
    "pkg/examples/run.py": "import pkg\n",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)

    def dropped(*arguments) -> set:
        return {path for path, (action, _) in slimtest.actions(slimtest.report(package, *arguments)).items() if action == "drop"}

    assert dropped() == set()
    gone = dropped("--enable", "python-samples")
    assert {"pkg/examples/run.py", "pkg/samples/other.csv"} <= gone, gone
    assert not gone & {"docs/mine.md", "pkg/docs/__init__.py", "pkg/docs/method.py", "pkg/samples/needed.csv"}, gone
