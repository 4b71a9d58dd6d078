#!/usr/bin/env python3
"""The rule file that docs/rules.md shows works as the page says, and so do the commands that it shows."""
import re
import shlex
import shutil
import subprocess

import slimtest

PAGE = (slimtest.SOURCE / "docs/rules.md").read_text()
RULES = re.search(r"`slim-rules\.toml`.*?```toml\n(.*?)```", PAGE, re.S)[1]
COMMANDS = re.findall(r"^slim (.*)$", re.search(r"```sh\n(.*?)```", PAGE, re.S)[1], re.M)
assert len(COMMANDS) >= 4, COMMANDS

with slimtest.workdir() as work:
    (work / "slim-rules.toml").write_text(RULES)
    (work / "m.c").write_text("int answer(void) { return 42; }\n")
    if shutil.which("gcc") is None:
        slimtest.skip("gcc is not installed")
    subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-o", "m.so", "m.c"], cwd=work, check=True)
    library = (work / "m.so").read_bytes()
    package = slimtest.write_zip(work / "in.zip", {
        "app.py": "import ours\n",
        "assets/logo.png": b"\x89PNG\r\n\x1a\n", "assets/raw/logo.psd": b"8BPS\0\1", "assets/logo.sketch": b"PK?",
        "elsewhere/logo.psd": b"8BPS\0\1",
        "models/m.so": library,
        "ours/__init__.py": "from . import tool\n", "ours/tool.py": "NAMED = 'named.h'\n",
        "ours/api.h": "int answer(void);\n", "ours/named.h": "int answer(void);\n",
        "lib/m.so": library,
        "ours/fixtures/a.csv": "1,2\n",
    })
    rules = ("--rules", work / "slim-rules.toml")
    planned = slimtest.report(package, *rules)
    done = slimtest.actions(planned)
    by_path = {file["path"]: file for file in planned["files"]}
    assert done["assets/raw/logo.psd"] == done["assets/logo.sketch"] == ("drop", "our-originals"), done
    assert done["assets/logo.png"][0] == done["elsewhere/logo.psd"][0] == "keep"
    # A rule that keeps beats those that would strip or link.
    assert done["models/m.so"][0] == "keep" and slimtest.actions(slimtest.report(package))["models/m.so"][0] != "keep"
    # A guard holds one of the headers, and says who names it.
    assert done["ours/api.h"] == ("drop", "our-headers") and done["ours/named.h"][0] == "keep"
    assert "ours/tool.py names named.h" in str(by_path["ours/named.h"]), by_path["ours/named.h"]
    # The gentler of two levels counts, whatever the ids.
    assert done["lib/m.so"][0] == "strip", done
    slimtest.slim(package, "-o", work / "symbols.zip", *rules)
    stripped = slimtest.read_zip(work / "symbols.zip")
    (work / "kept.so").write_bytes(stripped["lib/m.so"])
    sections = subprocess.run(["readelf", "-SW", work / "kept.so"], capture_output=True, text=True, check=True).stdout
    assert ".symtab" in sections and ".debug_info" not in sections, sections
    assert stripped["models/m.so"] == library
    # What is off by default goes when it is asked for; what is disabled stays.
    assert done["ours/fixtures/a.csv"][0] == "keep"
    asked = slimtest.actions(slimtest.report(package, *rules, "--enable", "our-fixtures", "--disable", "our-headers"))
    assert asked["ours/fixtures/a.csv"] == ("drop", "our-fixtures") and asked["ours/api.h"][0] == "keep", asked
    # The user's own words beat both ways.
    assert slimtest.actions(slimtest.report(package, *rules, "--drop", "models/**"))["models/m.so"] == ("drop", "--drop")
    kept = slimtest.actions(slimtest.report(package, *rules, "--drop", "models/**", "--keep", "models/**", "--keep", "assets/**"))
    assert kept["models/m.so"][0] == kept["assets/raw/logo.psd"][0] == "keep", kept

    for command in COMMANDS:
        slimtest.slim(*shlex.split(command), cwd=work)
    assert "our-originals" in slimtest.slim("rules", "in.zip", "--rules", "slim-rules.toml", cwd=work).stdout
