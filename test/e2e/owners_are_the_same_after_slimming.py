#!/usr/bin/env python3
# labels: registry
# timeout: 900
"""Each file counts to the same package before and after slimming, so that budgets mean the same and diff shows no growth that isn't."""
import json
import re

import slimtest
from check_support import check

NAMESPACES = ["opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http", "google-cloud-storage", "google-cloud-secret-manager",
              "azure-identity", "azure-storage-blob", "jaraco.text", "jaraco.functools", "zope.interface", "zope.event", "ruamel.yaml"]
OTHERS = ["pillow", "pyyaml", "beautifulsoup4", "pyzmq", "python-multipart", "markdown-it-py", "attrs", "python-dateutil", "cffi", "flask"]


def owners(package) -> dict:
    return {file["path"]: file["package"] for file in slimtest.report(package)["files"]}


def compared(package, out, *arguments) -> dict:
    slimtest.slim(package, "-o", out, *arguments)
    before, after = owners(package), owners(out)
    left = [name for name in after if name.endswith(".dist-info/RECORD")]
    assert len(after) < len(before) and not left, left
    changed = {path: (before[path], owner) for path, owner in after.items() if before[path] != owner}
    assert not changed, list(changed.items())[:20]
    grown = [p for p in json.loads(slimtest.slim("diff", package, out, "--json", "-").stdout)["packages"] if p["after"] > p["before"]]
    assert not grown, grown
    return after


with slimtest.workdir() as work:
    # By hand: a distribution that nothing but RECORD gives its folder, and two in one namespace.
    def distribution(name: str, files: dict, top_level: str = "") -> dict:
        info = f"{name.replace('-', '_')}-1.0.dist-info"
        more = {f"{info}/top_level.txt": top_level} if top_level else {}
        return {**files, **more, f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
                f"{info}/RECORD": "".join(f"{path},,\n" for path in files)}

    made = {"app.py": "", "api/__init__.py": "", **distribution("scikit-learn", {"sklearn/__init__.py": "", "scikit_learn.libs/x.so": ""}),
            **distribution("Pillow", {"PIL/__init__.py": "", "PIL/_imaging.so": ""}, "PIL\n"),
            **distribution("space-core", {"space/core/__init__.py": "x = 1"}), **distribution("space-api", {"space/things.py": ""}),
            **distribution("space-sub-part", {"space/sub/part_v1/__init__.py": "", "space/sub/part/x.py": ""}),
            **distribution("vendors", {"vendors/__init__.py": "", "vendors/space/core/__init__.py": "", "vendors/pil/x.py": ""}),
            **distribution("six", {"six.py": ""}), **distribution("odd", {"strange/__init__.py": "", "quux/__init__.py": ""})}
    found = compared(slimtest.write_zip(work / "made.zip", made), work / "made.out.zip")
    assert found["sklearn/__init__.py"] == "scikit-learn" and found["PIL/__init__.py"] == "Pillow" and found["six.py"] == "six"
    assert found["space/core/__init__.py"] == "space-core" and found["space/sub/part_v1/__init__.py"] == "space-sub-part"
    assert found["vendors/space/core/__init__.py"] == found["vendors/pil/x.py"] == "vendors"
    assert found["space/things.py"] == "space" and found["api/__init__.py"] == "api" and found["strange/__init__.py"] == "strange"

    folder = slimtest.pip_target("owners", [*NAMESPACES, *OTHERS], "--no-compile")
    package = slimtest.zip_folder(folder)
    found = compared(package, work / "real.zip", "--drop", "**/RECORD")  # opentelemetry holds it: it asks for all distributions
    # And almost all are those that RECORD tells.
    told, right = 0, 0
    for record in folder.glob("*.dist-info/RECORD"):
        name = re.search("^Name: (.*)$", (record.parent / "METADATA").read_text(errors="replace"), re.M)[1].strip()
        for path in (line.split(",")[0].strip('"') for line in record.read_text().splitlines()):
            if path in found:
                told, right = told + 1, right + (found[path] == name)
    print(f"{right} of {told} files count to the distribution whose RECORD names them")
    assert told > 1500 and right > 0.85 * told, (told, right)
    # A budget for each is a budget before and after; what else check says of these wheels is not asked here.
    budgets = [word for name in ("google-cloud-storage", "opentelemetry-sdk", "azure-identity", "zope.interface", "pillow", "pyzmq")
               for word in ("--budget", f"{name}=1kB")]
    for each in (package, work / "real.zip"):
        over = [f for f in check(each, *budgets, code=1)["findings"] if f["id"] == "over-budget"]
        assert len(over) == len(budgets) // 2, over
