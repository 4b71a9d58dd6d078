#!/usr/bin/env python3
"""slim diff tells, by package and by file, what came, went, grew, shrank and changed, and versions of distributions."""
import json

import slimtest


def distribution(name: str, version: str, files: dict) -> dict:
    info = f"{name}-{version}.dist-info"
    return {**files, f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/RECORD": "".join(f"{path},,\n" for path in files)}


def diff(*args) -> dict:
    return json.loads(slimtest.slim("diff", *args, "--json", "-").stdout)


with slimtest.workdir() as work:
    one = slimtest.write_zip(work / "one.zip", {"app.py": "x = 1\n", "same.py": "", **distribution(
        "numpy", "2.2.6", {"numpy/__init__.py": "#" * 100, "numpy/old.py": "#" * 5000, "numpy/less.py": "#" * 60})})
    two = slimtest.write_zip(work / "two.zip", {"app.py": "x = 2\n", "same.py": "", **distribution(
        "numpy", "2.4.6", {"numpy/__init__.py": "#" * 900, "numpy/new.py": "#" * 7000, "numpy/less.py": "#" * 50})})
    result = diff(one, two)
    changes = {file["path"]: (file["change"], file["before"], file["after"]) for file in result["files"]}
    assert changes["app.py"] == ("changed", 6, 6) and "same.py" not in changes
    assert changes["numpy/__init__.py"] == ("grown", 100, 900) and changes["numpy/less.py"] == ("shrunk", 60, 50)
    assert changes["numpy/new.py"] == ("added", 0, 7000) and changes["numpy/old.py"] == ("removed", 5000, 0)
    assert [file["path"] for file in result["files"]][:3] == ["numpy/new.py", "numpy/old.py", "numpy/__init__.py"]
    numpy = next(package for package in result["packages"] if package["package"] == "numpy")
    assert (numpy["version_before"], numpy["version_after"]) == ("2.2.6", "2.4.6")
    sizes = [sum(map(len, slimtest.read_zip(path).values())) for path in (one, two)]
    assert [result["before"]["unpacked"], result["after"]["unpacked"]] == sizes
    assert sum(p["after"] - p["before"] for p in result["packages"]) == sizes[1] - sizes[0]

    assert diff(one, one)["files"] == []
    assert "2.2.6 → 2.4.6" in slimtest.slim("diff", one, two).stdout
    # A run's report stands for the package that it made.
    slimtest.slim(one, "-o", work / "slim.zip", "--json", work / "run.json")
    assert diff(work / "slim.zip", work / "run.json")["files"] == []
    assert diff(one, work / "run.json")["files"] == diff(one, work / "slim.zip")["files"] != []
    (work / "other.json").write_text("{}")
    assert "other.json" in slimtest.slim("diff", one, work / "other.json", code=2).stderr
