#!/usr/bin/env python3
"""An action that a rule of a user's own asks for, and that is not for such files, changes nothing and says why."""
import slimtest

FILES = {
    "app.py": "import pkg\n", "pkg/__init__.py": "", "notes.txt": "name,sha256=x,1\nother\n", "data.bin": b"\0\1\2",
    "x-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: x\nVersion: 1\n", "empty": "",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    for action in ("cut-metadata", "strip-comments", "renew", "hash-bytecode", "bytecode-only", "strip", "link"):
        rules = work / f"{action}.toml"
        rules.write_text(f'[[rule]]\nid = "mine"\naction = "{action}"\npaths = ["**"]\nreason = "because"\n')
        out = work / f"{action}.zip"
        slimtest.slim(package, "-o", out, "--rules", rules)
        after = {name: content.decode("latin-1") for name, content in slimtest.read_zip(out).items()}
        before = {name: content if isinstance(content, str) else content.decode("latin-1") for name, content in FILES.items()}
        assert after == before, (action, {name for name in before if after.get(name) != before[name]})
        planned = slimtest.report(package, "--rules", rules)
        assert {action for action, _ in slimtest.actions(planned).values()} == {"keep"}, (action, slimtest.actions(planned))
        if action != "link":
            held = next(file for file in planned["files"] if file["path"] == "notes.txt")
            assert held["holds"] and held["holds"][0]["reason"], (action, held)
