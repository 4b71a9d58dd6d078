#!/usr/bin/env python3
"""What slim.toml can't mean is one sentence with file, line and column; and it can't reach out of its folder."""
import os

import slimtest

FAULTS = {
    'strp = "none"': ("line 1, column 1:", "unknown key 'strp'", "did you mean 'strip'"),
    '\n\n  level = "fast"': ("line 3, column 11:", "must be a whole number from 1 to 12 (fast to small), or max"),
    "level = 1.5": ("line 1, column 9:", "'level' must be a whole number or a word"),
    "level = 13": ("line 1, column 9:", "from 1 to 12"),
    'bytecode = "comple"': ("line 1, column 12:", "did you mean 'compile'"),
    "services = 's3'": ("line 1, column 12:", "a list of strings"),
    'keep = ["a"]': ("line 1, column 9:", "path and reason"),
    '[[keep]]\npath = "a"': ("line 1,", "no 'reason'"),
    '[[keep]]\npath = "[a"\nreason = "r"': ("line 2, column 8:", "never closed"),
    '[[drop]]\npath = "a"\nreson = "r"': ("line 3, column 1:", "unknown key 'reson' in [[drop]]", "did you mean 'reason'"),
    '[budget]\nzip = "much"': ("line 2, column 1:", "'much' is no size"),
    '[profile.layer]\nsrip = "none"': ("line 2, column 1:", "in [profile.layer]", "did you mean 'strip'"),
    '[profile.layer]\nstrip = "nothing"': ("line 2, column 9:", "is no level"),
    'profile = 3': ("line 1, column 11:", "[profile.NAME]"),
    'enable = ["elf-stirp"]': ("line 1, column 11:", "did you mean 'elf-strip'"),
    "level = [": ("line 1,",),
    'level = 1\nlevel = 2': ("line 2,",),
    'output = "x.zip"': ("unknown key 'output'",),
    'json = "x.json"': ("unknown key 'json'",),
    'python = "/bin/sh"': ("unknown key 'python'",),
    "verify = true": ("unknown key 'verify'",),
    'debug-dir = "x"': ("unknown key 'debug-dir'",),
    'baseline = "../size.json"': ("line 1, column 12:", "leaves the folder"),
    'baseline = "/etc/passwd"': ("leaves the folder",),
    'baseline = "link/size.json"': ("leaves the folder",),
    'rules = ["../rules.toml"]': ("line 1, column 10:", "leaves the folder"),
}

with slimtest.workdir() as work:
    folder = work / "project"
    folder.mkdir()
    os.symlink("..", folder / "link")
    package = slimtest.write_zip(folder / "in.zip", {"app.py": "", "pkg/__init__.py": ""})
    config = folder / "slim.toml"
    for text, words in FAULTS.items():
        config.write_text(text)
        error = slimtest.slim("in.zip", "-n", code=2, cwd=folder).stderr
        assert error.startswith("slim: slim.toml: ") and error.count("\n") == 1, error
        assert all(word in error for word in words), (text, error)
        if "enable" not in text:  # the gate asks for no rules
            assert slimtest.slim("check", "in.zip", code=2, cwd=folder).stderr == error

    # What a budget is for must be there, as with --budget.
    config.write_text('[budget]\npgk = "1MB"\n')
    error = slimtest.slim("check", "in.zip", code=2, cwd=folder).stderr
    assert "slim.toml: line 2, column 1: budget: pgk" in error and "did you mean 'pkg'" in error, error

    # Profiles by name; a named file may point elsewhere.
    config.write_text('[profile.layer]\nlevel = 1\n')
    assert "did you mean 'layer'" in slimtest.slim("in.zip", "-n", "--profile", "laier", code=2, cwd=folder).stderr
    assert "there is no slim.toml" in slimtest.slim("x.zip", "-n", "--profile", "layer", code=2, cwd=work).stderr
    assert "exclude each other" in slimtest.slim("in.zip", "-n", "--no-config", "--config", "slim.toml", code=2, cwd=folder).stderr
    assert "nowhere.toml" in slimtest.slim("in.zip", "-n", "--config", "nowhere.toml", code=2, cwd=folder).stderr
    config.write_text('baseline = "../size.json"\n')
    slimtest.slim("check", "in.zip", "--config", "slim.toml", "--update-baseline", cwd=folder)
    assert (work / "size.json").exists()

    # No settings at all, deep nesting, a large file, a folder of that name.
    config.write_text("# nothing\n")
    slimtest.slim("in.zip", "-n", cwd=folder)
    config.write_text("level = " + "[" * 100_000)
    assert "slim.toml: line 1" in slimtest.slim("in.zip", "-n", code=2, cwd=folder).stderr
    config.write_text("#" * (1 << 20) + "\n")
    assert "larger than 1 MiB" in slimtest.slim("in.zip", "-n", code=2, cwd=folder).stderr
    config.unlink()
    config.mkdir()
    slimtest.slim("in.zip", "-n", cwd=folder)

    # A folder in which anyone may make files holds no project's settings.
    shared = work / "shared"
    (shared / "mine").mkdir(parents=True)
    shared.chmod(0o1777)
    (shared / "slim.toml").write_text("level = 99\n")
    slimtest.write_zip(shared / "mine/in.zip", {"app.py": ""})
    slimtest.slim("mine/in.zip", "-n", cwd=shared)
