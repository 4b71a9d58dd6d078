#!/usr/bin/env python3
"""Distributions that refuse each other's versions are told: a pin as an error, a range as a warning, what lacks as a note."""
import slimtest
from check_support import RUNTIME, check, findings, message


def distribution(name: str, version: str, *headers: str, folder: str = "", module: str | None = None) -> dict:
    info = f"{folder}{name.replace('-', '_')}-{version}.dist-info"
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *headers]
    return {f"{info}/METADATA": "\n".join(lines) + "\n\nA description\nRequires-Dist: nothing-of-it\n",
            f"{folder}{module or name.replace('-', '_')}/__init__.py": ""}


with slimtest.workdir() as work:
    def found(function: dict, layer: dict | None = None, *more, code: int = 0) -> list:
        packages = [slimtest.write_zip(work / "function.zip", {"app.py": "", **function})]
        if layer is not None:
            packages.append(slimtest.write_zip(work / "layer.zip", layer))
        return findings(check(*packages, *(more or RUNTIME), code=code))

    # pydantic refuses any other pydantic-core when it is imported.
    pydantic = distribution("pydantic", "2.9.0", "Requires-Dist: pydantic-core==2.23.2")
    place = "pydantic-2.9.0.dist-info/METADATA"
    other = distribution("pydantic_core", "2.27.0", folder="python/")
    assert found(pydantic, other, code=1) == [("error", "version-conflict", place)]
    text = message(check(work / "function.zip", work / "layer.zip", *RUNTIME, code=1), "version-conflict")
    assert "==2.23.2" in text and "2.27.0" in text and "/opt/python/pydantic_core-2.27.0.dist-info" in text, text
    assert found({**pydantic, **distribution("pydantic-core", "2.27.0")}, code=1) == [("error", "version-conflict", place)]
    assert found(pydantic, distribution("pydantic_core", "2.23.2", folder="python/")) == []
    # The function's own comes first on sys.path, and what it hides doesn't count.
    assert found({**pydantic, **distribution("pydantic-core", "2.23.2")}, other) == []
    assert found({**pydantic, **distribution("pydantic-core", "2.23.2")},
                 {**distribution("pydantic", "2.5.0", "Requires-Dist: pydantic-core==2.14.1", folder="python/")}) == []
    # Not on sys.path: vendored, or of another Python.
    assert found({**pydantic, **distribution("pydantic-core", "2.23.2"), **distribution("pydantic-core", "1.0", folder="x/_vendor/")}) == []

    # A range: a warning. Markers and extras decide whether it counts at all.
    user = ("user", "1.0")
    here = ("warning", "version-conflict", "user-1.0.dist-info/METADATA")
    base = distribution("base", "3.0")
    assert found({**distribution(*user, "Requires-Dist: base<3,>=2"), **base}) == [here]
    assert found({**distribution(*user, "Requires-Dist: base (>=2)"), **base}) == []
    assert found({**distribution(*user, "Requires-Dist: base<3 ; python_version < '3.9'"), **base}) == []
    assert found({**distribution(*user, "Requires-Dist: base<3 ; python_version >= '3.9'"), **base}) == [here]
    assert found({**distribution(*user, "Requires-Dist: base<3 ; sys_platform == 'win32'"), **base}) == []
    assert found({**distribution(*user, "Requires-Dist: base<3 ; platform_machine == 'aarch64'"), **base}, None,
                 *RUNTIME, "--arch", "arm64") == [here]
    assert found({**distribution(*user, "Requires-Dist: base<3 ; platform_machine == 'aarch64'"), **base}, None,
                 *RUNTIME, "--arch", "x86_64") == []
    assert found({**distribution(*user, "Requires-Dist: base<3 ; python_full_version < '3.12.3'"), **base}) == []  # not known
    optional = distribution(*user, "Provides-Extra: fast", "Requires-Dist: base<3 ; extra == 'fast'")
    assert found({**optional, **base}) == []
    assert found({**optional, **base, **distribution("asker", "1", "Requires-Dist: user[fast]")}) == [here]
    # pip --target --upgrade may leave old metadata: one that fits is enough.
    assert found({**distribution(*user, "Requires-Dist: base<3"), **base, **distribution("base", "2.5")}) == []
    assert found({**distribution(*user, "Requires-Dist: base<much"), **base}) == []

    # What is missing: a note, unless the runtime brings it or a module has that name.
    lacking = [("note", "missing-distribution", "user-1.0.dist-info/METADATA")]
    assert found(distribution(*user, "Requires-Dist: base>=2")) == lacking
    for there in ("boto3", "python-dateutil", "setuptools"):
        assert found(distribution(*user, f"Requires-Dist: {there}")) == [], there
    assert found({**distribution(*user, "Requires-Dist: base>=2"), "base/__init__.py": ""}) == []
    assert found({**distribution(*user, "Requires-Dist: py-base"), "base.py": ""}) == []
    assert found(distribution(*user, "Requires-Dist: base>=2"), {"python/base/__init__.py": ""}) == []

    # The Python that it is made for.
    wrong = [("warning", "python-not-supported", "user-1.0.dist-info/METADATA")]
    assert found(distribution(*user, "Requires-Python: >=3.13")) == wrong
    assert found(distribution(*user, "Requires-Python: <3.12,>=3.8")) == wrong
    assert found(distribution(*user, "Requires-Python: >=3.8, !=3.12.1")) == []
    assert found(distribution(*user, "Requires-Python: >=3.12.5")) == []
    # slim tells the same of a package that it makes, and makes it.
    package = slimtest.write_zip(work / "in.zip", {"app.py": "", **pydantic, **distribution("pydantic-core", "2.27.0")})
    told = slimtest.report(package, "-o", work / "out.zip", *RUNTIME)["findings"]
    assert ("error", "version-conflict") in {(f["severity"], f["id"]) for f in told} and (work / "out.zip").exists(), told
