#!/usr/bin/env python3
"""What is wrong with a command line is one plain sentence that names the word and what to write instead."""
import os

import slimtest

with slimtest.workdir() as work:
    slimtest.write_zip(work / "a.zip", {"app.py": ""})
    slimtest.write_zip(work / "b.zip", {"app.py": ""})
    FAULTS = {
        ("chek", "a.zip"): ("chek: is no command of slim", "did you mean 'check'?"),
        ("chek",): ("did you mean 'check'?",),
        ("explian", "a.zip", "app.py"): ("did you mean 'explain'?",),
        ("a.zip", "b.zip"): ("b.zip: ", "one package at a time", "-o b.zip"),
        ("a.zip", "b.zip", "-o", "c.zip"): ("b.zip: ", "one package at a time"),
        ("-q", "check", "a.zip"): ("check: a command comes first: slim check",),
        ("help", "chek"): ("did you mean 'check'?",),
        ("help", "check", "rules"): ("rules: is more than slim help takes", "slim help [COMMAND]"),
        ("check",): ("slim check: PACKAGE is missing", "slim check PACKAGE"),
        ("diff", "a.zip"): ("slim diff: B is missing",),
        ("diff", "a.zip", "b.zip", "c.zip"): ("c.zip: is more than slim diff takes",),
        ("completions",): ("SHELL is missing",),
        ("completions", "bsh"): ("did you mean 'bash'?",),
        ("man", "slim"): ("slim: is more than slim man takes",),
        ("a.zip", "-n", "-z"): ("-z: is no flag of slim",),
        ("a.zip", "-nz"): ("-z: is no flag of slim",),
        ("a.zip", "-output", "c.zip"): ("-output: is no flag of slim", "did you mean '--output'?"),
        ("a.zip", "--outptu", "c.zip"): ("did you mean '--output'?",),
        ("a.zip", "-n", "--Quiet"): ("did you mean '--quiet'?",),
        ("check", "a.zip", "-o", "c.zip"): ("-o: is no flag of slim check",),
        ("a.zip", "-o=c.zip"): ("-o=c.zip: takes its value without '=': write -o c.zip",),
        ("a.zip", "-o"): ("--output: needs a value, FILE",),
        ("a.zip", "-n", "--keep="): ("--keep: needs a value, GLOB",),
        ("a.zip", "-o", "--json", "x"): ("--output: needs a value, FILE, and --json follows",),
        ("a.zip", "-o", "c.zip", "-o", "d.zip"): ("--output: is given twice, as c.zip and as d.zip",),
        ("a.zip", "--dry-run=false"): ("--dry-run: takes no value: leave out =false",),
        ("a.zip", "-n", "--python", "no-such-python"): ("--python no-such-python: there is no such program",),
        ("a.zip", "-o", "o/x"): ("--output o/x: the name says no format", "with / for a folder"),
        ("a.zip", "-o", "x"): ("the name says no format",),
        ("-n",): ("no package was named",),
        (): ("no package was named",),
    }
    for words, parts in FAULTS.items():
        error = slimtest.slim(*words, code=2, cwd=work).stderr
        assert error.startswith("slim: ") and error.count("\n") == 1, (words, error)
        assert all(part in error for part in parts), (words, error)
        assert "required" not in error and "not expected" not in error, (words, error)
    assert sorted(os.listdir(work)) == ["a.zip", "b.zip"], "a refused command line writes nothing"

    # A folder is written where it is named as one, is there already, or is what was read.
    slimtest.slim("a.zip", "-o", "made/", cwd=work)
    (work / "there").mkdir()
    slimtest.slim("a.zip", "-o", "there", cwd=work)
    slimtest.slim("there", "-o", "copy", cwd=work)
    assert [os.listdir(work / name) for name in ("made", "there", "copy")] == [["app.py"]] * 3

    # Help and version, whichever way one asks.
    assert slimtest.slim("help").stdout == slimtest.slim("--help").stdout
    assert slimtest.slim("help", "check").stdout == slimtest.slim("check", "--help").stdout
    assert slimtest.slim("version").stdout == slimtest.slim("-V").stdout == slimtest.slim("--version").stdout

    # The first word alone chooses the command: packages and files may be called as one is.
    slimtest.write_zip(work / "check", {"version": "1\n", "app.py": ""})
    assert slimtest.slim("explain", "check", "version", cwd=work).stdout.startswith("version")
    slimtest.slim("./check", "-n", cwd=work)
    slimtest.slim("-n", "check", cwd=work)
    (work / "chek").mkdir()
    (work / "chek/app.py").touch()
    slimtest.slim("chek", "-n", cwd=work)
