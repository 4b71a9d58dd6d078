#!/usr/bin/env python3
"""A layer of a container image has its own system: what only Lambda's images would lack is no finding there."""
import subprocess

import slimtest
from check_support import ARCH, check, compiled, findings, library, needing

with slimtest.workdir() as work:
    root = work / "root"
    for path, content in {
        "usr/lib/libnew.so": needing("libGL.so.1"), "usr/bin/tool": compiled("int main(void) { return 0; }", "-Wl,--dynamic-linker=/lib/ld-musl-x.so.1"),
        "etc/shadow": b"", "var/task/app.py": b"", "var/task/x.so": library()}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    (root / "etc/shadow").chmod(0o600)
    subprocess.run(["tar", "-czf", work / "image.tar.gz", "-C", root, "."], check=True)
    result = check(work / "image.tar.gz")
    assert result["parts"][0]["shape"] == "image-layer" and result["parts"][0]["mount"] == "", result["parts"]
    assert findings(result) == [], findings(result)
    # What no system could do is one.
    other = {"x86_64": "arm64", "arm64": "x86_64"}[ARCH]
    assert {kind for _, kind, _ in findings(check(work / "image.tar.gz", "--arch", other, code=1))} == {"wrong-architecture"}
    # Named to be on one of Lambda's systems, it is checked against that.
    assert "missing-library" in {kind for _, kind, _ in findings(check(work / "image.tar.gz", "--runtime", "python3.12", code=1))}
