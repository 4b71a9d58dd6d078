#!/usr/bin/env python3
"""slim init writes a slim.toml from what a package shows; slim accepts it, also with every example uncommented."""
import re
import subprocess
import sys
import tomllib

import slimtest
from check_support import library

with slimtest.workdir() as work:
    subprocess.run([sys.executable, slimtest.SOURCE / "testdata/make_sample.py", work / "in.zip"], check=True)
    config = work / "slim.toml"
    said = slimtest.slim("init", "in.zip", cwd=work).stdout
    assert said.startswith("slim.toml is written"), said
    values = tomllib.loads(config.read_text())
    assert re.fullmatch(r"python3\.\d+", values["runtime"]) and values["arch"] in ("x86_64", "arm64"), values

    # Budgets: what there is now, and some air, but not much.
    sizes = {"zip": (work / "in.zip").stat().st_size, "unpacked": sum(map(len, slimtest.read_zip(work / "in.zip").values()))}
    for name, size in sizes.items():
        number, unit = re.fullmatch(r"(\d+)(MB|kB|)", values["budget"][name]).groups()
        budget = int(number) * {"": 1, "kB": 1000, "MB": 1_000_000}[unit]
        assert 1.1 * size <= budget + 1 and budget <= 1.22 * size, (name, size, budget)

    # It is found and obeyed.
    assert "by slim.toml" in slimtest.slim("in.zip", "-n", cwd=work).stdout
    slimtest.slim("check", "in.zip", cwd=work)
    grown = slimtest.write_zip(work / "grown.zip", {**slimtest.read_zip(work / "in.zip"), "more.bin": "x" * sizes["unpacked"]})
    assert "over-budget" in slimtest.slim("check", grown.name, code=1, cwd=work).stdout

    # Never over one that is there.
    before = config.read_text()
    assert "is there already" in slimtest.slim("init", "in.zip", code=2, cwd=work).stderr
    assert config.read_text() == before
    printed = slimtest.slim("init", "in.zip", "-o", "-", cwd=work).stdout
    assert printed == before
    slimtest.slim("init", "in.zip", "-o", "other.toml", cwd=work)
    assert (work / "other.toml").read_text() == before

    # Without a package it lists what can be set. Every example, uncommented, is accepted.
    empty = slimtest.slim("init", "-o", "-", cwd=work).stdout
    assert tomllib.loads(empty) == {}, empty
    for text in (printed, empty):
        uncommented = re.sub(r"^# (?=[\[\]]|[a-z-]+ = )|^#(?=   \")", "", text, flags=re.M)
        known = tomllib.loads(uncommented)
        assert {"level", "strip", "keep", "services", "baseline", "warn-budget", "profile", "enable"} <= set(known), known
        (work / "slim-rules.toml").write_text("")
        (work / "all.toml").write_text(uncommented)
        slimtest.slim("in.zip", "-n", "--config", "all.toml", "--profile", "layer", cwd=work)

    # What would take more away here, with its bytes: AWS data that nobody asks for, and a GPU's libraries.
    data = {f"botocore/data/{service}/2020-01-01/service-2.json": "x" * size for service, size in {"s3": 1000, "ec2": 30_000}.items()}
    rich = slimtest.write_zip(work / "rich.zip", {
        "app.py": "import boto3\nboto3.client('s3')\n", "boto3/__init__.py": "", "botocore/__init__.py": "", **data,
        "nvidia/cublas/lib/libcublas.so.12": library("int f(void) { return 1; }")})
    text = slimtest.slim("init", rich, "-o", "-").stdout
    assert "# Takes 30.0 kB here" in text and '# services = ["auto"]' in text, text
    assert re.search(r'^#   "gpu-libraries",  # [\d.]+ kB$', text, re.M), text
    tomllib.loads(text)
