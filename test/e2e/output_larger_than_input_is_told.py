#!/usr/bin/env python3
"""An output that is larger than its input is a note in every report, with both sizes, what made the difference, and only
what would help."""
import html
import json
import random
import re
import subprocess
import sys

import slimtest

RUNTIME = f"python{sys.version_info.major}.{sys.version_info.minor}"


def human(count: int) -> str:
    for unit, size, digits in (("GB", 1e9, 2), ("MB", 1e6, 2), ("kB", 1e3, 1)):
        if count >= size:
            return f"{count / size:.{digits}f} {unit}"
    return f"{count} B"


def note(source, *args) -> str:
    """What is told of the output's size, and nothing where nothing is."""
    report = slimtest.report(source, *args)
    told = [finding for finding in report["findings"] if finding["id"] == "output-larger"]
    assert all(finding["severity"] == "note" and finding["path"] == "" for finding in told) and len(told) < 2, told
    totals = report["totals"]
    assert bool(told) == (totals["container_after"] > totals["container_before"]), (args, totals)
    if not told:
        return ""
    for size in (totals["container_before"], totals["container_after"]):
        assert human(size) in told[0]["message"], (told, totals)
    return told[0]["message"]


with slimtest.workdir() as work:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghij", k=chance.randint(2, 9))) for _ in range(2000)]
    text = {f"text{at}.txt": " ".join(chance.choices(words, k=8000)) for at in range(6)}
    slimtest.write_zip(work / "plain.zip", {"app.py": "x = 1\n", **text})
    slimtest.slim(work / "plain.zip", "-o", work / "in.zip", "--level", "max")
    source, out = work / "in.zip", work / "out.zip"

    # Packed as hard as can be before: each level offers those above it, and none that was used.
    at_six = note(source, "-o", out)
    assert "--level 6 does" in at_six and "--level 9" in at_six and "--level max" in at_six, at_six
    at_nine = note(source, "-o", out, "--level", "9")
    assert "--level 9 does" in at_nine and "--level max" in at_nine and "--level 9 packs" not in at_nine, at_nine
    # What is offered helps.
    assert note(source, "-o", out, "--level", "max") == ""
    # What is taken over as it was is no larger; a larger input neither.
    assert note(source, "-o", out, "--fast") == "" and note(work / "plain.zip", "-o", out) == ""

    # The same in every report.
    terminal = slimtest.slim(source, "-o", out, "--markdown", work / "out.md", "--html", work / "out.html").stdout
    assert f"note output-larger\n      {at_six}\n" in terminal, terminal
    assert at_six in html.unescape((work / "out.md").read_text()).replace("<span>", "").replace("</span>", "")
    page = (work / "out.html").read_text()
    data = json.loads(re.search(r'<script type="application/json" id="report">(.*?)</script>', page, re.S)[1])
    assert ["note", "output-larger", "", at_six] in data["findings"]

    # Where the difference is in files that were asked for, they are named as the cause; with nothing harder, none is offered.
    slimtest.write_zip(work / "code.zip", {f"m{at}.py": f"def f{at}(x):\n    return x * {at}\n" for at in range(40)})
    slimtest.slim(work / "code.zip", "-o", work / "small.zip", "--level", "max")
    added = note(work / "small.zip", "-o", out, "--level", "max", "--bytecode", "compile", "--runtime", RUNTIME, "--python", sys.executable)
    assert "files that the input lacks take" in added and "--level" not in added and "no level packs harder" in added, added

    # A tar's packing is its name's, so that no level is offered there.
    subprocess.run(["tar", "-cJf", work / "in.tar.xz", "-C", slimtest.unzip(source, work / "files"), "."], check=True)
    flat = note(work / "in.tar.xz", "-o", work / "out.tar")
    assert ".tar.gz" in flat and "--level" not in flat, flat
    gzipped = note(work / "in.tar.xz", "-o", work / "out.tar.gz")
    assert ".tar.xz" in gzipped and "--level" not in gzipped, gzipped
    assert "--level" in note(work / "in.tar.xz", "-o", out)

    # A dry run knows no size, and a folder has none.
    assert "output-larger" not in slimtest.slim(source, "--dry-run").stdout
    assert "output-larger" not in slimtest.slim(source, "-o", f"{work}/folder/").stdout
