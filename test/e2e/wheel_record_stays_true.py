"""A slimmed wheel's RECORD lists what is in it now: PyPA's own installer library checks every hash, and pip installs it."""
# labels: registry
import subprocess
import sys

import slimtest

# Wheels with a library that is stripped, sources and stubs that go, and one of pure Python.
PACKAGES = ["markupsafe==3.0.2", "pyyaml==6.0.2", "requests==2.32.3"]
CHECK = """
import sys
from installer.sources import WheelFile
for path in sys.argv[1:]:
    with WheelFile.open(path) as wheel:
        wheel.validate_record()
"""

with slimtest.workdir() as work:
    before, after = work / "before", work / "after"
    after.mkdir()
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", before,
                    *PACKAGES], check=True)
    wheels = sorted(before.glob("*.whl"))
    assert len(wheels) == len(PACKAGES)
    rewritten = 0
    for wheel in wheels:
        report = slimtest.report(wheel, "-o", after / wheel.name)
        rewritten += any(rule["rule"] == "wheel-record" for rule in report["rules"])
        again = work / wheel.name
        slimtest.slim(after / wheel.name, "-o", again)
        assert again.read_bytes() == (after / wheel.name).read_bytes()
    assert rewritten == 2, "markupsafe and pyyaml change"
    library = slimtest.pip_target("test-installer", ["installer==0.7.0"])
    subprocess.run([sys.executable, "-c", CHECK, *map(str, sorted(after.glob("*.whl")))], check=True,
                   env={"PYTHONPATH": str(library), "PATH": "/usr/bin:/bin"})
    target = work / "site"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", target,
                    *sorted(after.glob("*.whl"))], check=True)
    works = slimtest.python_in(target, "import markupsafe._speedups, yaml\n"
                                       "print(yaml.load('a: 1', Loader=yaml.CLoader))").stdout
    assert works.strip() == "{'a': 1}", works
