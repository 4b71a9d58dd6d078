#!/usr/bin/env python3
# labels: registry
"""--sbom names every distribution, npm package and jar of the input, in CycloneDX 1.6 that the public schema accepts."""
import json
import subprocess
import sys
import zipfile

import slimtest

with slimtest.workdir() as work:
    with zipfile.ZipFile(work / "a.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
        jar.writestr("META-INF/maven/com.example/thing/pom.properties", "groupId=com.example\nartifactId=thing\nversion=3.1\n")
    with zipfile.ZipFile(work / "b.jar", "w") as jar:
        jar.writestr("A.class", b"\xca\xfe\xba\xbe\0\0\0\x34")
    package = slimtest.write_zip(work / "in.zip", {
        "Some_Pkg-1.2.dist-info/METADATA": "Name: Some_Pkg\nVersion: 1.2\nLicense-Expression: MIT OR Apache-2.0\n\ntext\n",
        "old-0.1-py3.egg-info/PKG-INFO": "Name: old\nVersion: 0.1\nClassifier: License :: OSI Approved :: BSD License\n",
        "node_modules/@scope/thing/package.json": json.dumps({"name": "@scope/thing", "version": "2.0.0", "license": "ISC"}),
        "node_modules/plain/package.json": json.dumps({"name": "plain", "version": "1.0.0"}),
        "node_modules/plain/test/package.json": json.dumps({"name": "fixture", "version": "9.9.9"}),
        "node_modules/broken/package.json": "{",
        "lib/thing.jar": (work / "a.jar").read_bytes(), "lib/other-4.5.jar": (work / "b.jar").read_bytes()})
    slimtest.slim(package, "-o", work / "out.zip", "--sbom", work / "bom.json")
    bom = json.loads((work / "bom.json").read_text())
    assert sorted(component["purl"] for component in bom["components"]) == [
        "pkg:maven/com.example/thing@3.1", "pkg:maven/other@4.5", "pkg:npm/%40scope/thing@2.0.0", "pkg:npm/plain@1.0.0",
        "pkg:pypi/old@0.1", "pkg:pypi/some-pkg@1.2"], bom["components"]
    licences = {c["name"]: c["licenses"][0] for c in bom["components"] if "licenses" in c}
    assert licences["Some_Pkg"] == {"expression": "MIT OR Apache-2.0"} and licences["old"] == {"license": {"name": "BSD License"}}
    hashed = next(c for c in bom["components"] if c["name"] == "thing" and c.get("group") == "com.example")
    assert hashed["hashes"] == [{"alg": "SHA-256", "content": slimtest.sha256(work / "a.jar")}]
    first = (work / "bom.json").read_bytes()
    slimtest.slim(package, "-n", "--sbom", work / "again.json")
    assert (work / "again.json").read_bytes() == first

    # The public schema, as the CycloneDX project ships it with its Python library.
    tools = slimtest.pip_target("cyclonedx", ["cyclonedx-python-lib[json-validation]"])
    check = subprocess.run([sys.executable, "-c", f"""
import sys; sys.path.insert(0, {str(tools)!r})
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open({str(work / 'bom.json')!r}).read())
assert error is None, error
"""], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
