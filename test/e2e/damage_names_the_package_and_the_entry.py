#!/usr/bin/env python3
"""An entry whose content can't be read is told with the package it lies in: a check or a diff has several."""
import subprocess

import slimtest

with slimtest.workdir() as work:
    good = slimtest.write_zip(work / "good.zip", {"app.py": "x = 1\n" * 50})
    bad = work / "bad.zip"
    data = bytearray(good.read_bytes())
    for signature, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        data[data.index(signature) + at] ^= 1
    bad.write_bytes(data)
    for args in ([bad, "--dry-run"], [bad, "-o", work / "out.zip"], ["check", good, bad], ["diff", good, bad], ["explain", bad, "app.py"]):
        said = slimtest.slim(*args, code=2).stderr
        assert said.startswith(f"slim: {bad}: entry 'app.py': its CRC is"), (args, said)
    piped = subprocess.run([slimtest.SLIM, "-", "-o", "-"], stdin=open(bad, "rb"), capture_output=True, text=True)
    assert piped.returncode == 2 and piped.stderr.startswith("slim: standard input: entry 'app.py': its CRC is"), piped
