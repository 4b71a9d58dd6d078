#!/usr/bin/env python3
"""--help, the manual page and the completions of three shells name the same commands and flags, and all of them work."""
import re
import shutil
import subprocess

import slimtest

COMMANDS = re.findall(r"^  ([a-z]+) {3,}", slimtest.slim("--help").stdout.split("\nCommands")[1], re.M)
assert {"check", "rules", "explain", "verify", "man", "completions"} <= set(COMMANDS), COMMANDS


def helped(command: str) -> set:
    text = slimtest.slim(*command.split(), "--help").stdout
    assert f"Usage: slim {command}".strip() in text, text
    assert max(map(len, text.splitlines())) <= 80
    return set(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", text, re.M))


FLAGS = {command: helped(command) for command in ["", *COMMANDS]}
assert {"--output", "--keep", "--help"} <= FLAGS[""] and "--fail-on" in FLAGS["check"] and "--output" not in FLAGS["check"]
assert "[b, kb" not in slimtest.slim("--help").stdout
# Every flag that the help names is known to the parser, and no other.
for command, flags in FLAGS.items():
    for flag in flags - {"--help", "--version"}:
        error = slimtest.slim(*command.split(), "--no-such-flag", flag, code=2).stderr
        assert f"{flag}: is no flag" not in error, error

# The manual page: per command, the same flags; and no formatter has a complaint.
page = slimtest.slim("man").stdout
parts = {"": page.split(".SH OPTIONS")[1].split(".SH COMMANDS")[0]}
for part in re.split(r"^\.SS slim ", page.split(".SH COMMANDS")[1].split(".SH CONFIGURATION")[0], flags=re.M)[1:]:
    parts[part.split()[0]] = part
assert set(parts) == set(FLAGS), parts.keys()
for command, part in parts.items():
    named = set(re.findall(r"(--[a-z-]+)\\fR", part.replace("\\-", "-")))
    assert named == FLAGS[command], (command, named ^ FLAGS[command])
skipped = []
for tool, arguments in {"groff": ["-man", "-ww", "-z", "-"], "mandoc": ["-T", "lint", "-W", "warning,stop"]}.items():
    if shutil.which(tool) is None:
        skipped.append(tool)
        continue
    done = subprocess.run([tool, *arguments], input=page, capture_output=True, text=True)
    # A page has no date of its own: the same program prints the same page.
    complaints = [line for line in (done.stdout + done.stderr).splitlines() if "missing date" not in line]
    assert complaints == [], complaints

with slimtest.workdir() as work:
    (work / "package.zip").touch()
    (work / "a folder").mkdir()
    scripts = {}
    for shell in ("bash", "zsh", "fish"):
        scripts[shell] = work / f"slim.{shell}"
        scripts[shell].write_text(slimtest.slim("completions", shell).stdout)

    def bash(*words: str) -> set:
        """What bash offers for the last of the words."""
        program = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _slim; printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(["bash", "-eu", "-c", program, "bash", scripts["bash"], "slim", *words],
                              capture_output=True, text=True, cwd=work)
        assert done.returncode == 0 and done.stderr == "", done
        return set(done.stdout.split("\n")) - {""}

    def fish(*words: str) -> set:
        line = " ".join(["slim", *words]).replace("'", "\\'")
        done = subprocess.run(["fish", "--no-config", "-c", f"source {scripts['fish']}; complete -C '{line}'"],
                              capture_output=True, text=True, cwd=work)
        assert done.returncode == 0 and done.stderr == "", done
        return {line.split("\t")[0] for line in done.stdout.splitlines()}

    shells = {"bash": bash, "fish": fish}
    for shell in list(shells):
        if shutil.which(shell) is None:
            skipped.append(shell)
            del shells[shell]
    for shell, offers in shells.items():
        for command, flags in FLAGS.items():
            words = [command, "--"] if command else ["in.zip", "--"]
            assert {word for word in offers(*words) if word.startswith("--")} == flags, (shell, command, offers(*words))
        assert offers("in.zip", "--strip", "") == {"none", "debug", "symbols", "sections"}, shell
        assert offers("check", "in.zip", "--arch", "a") == {"arm64"}, shell
        assert offers("completions", "") == {"bash", "zsh", "fish"}, shell
        assert "package.zip" in offers("rules", "pack"), shell
        assert {"check"} == offers("che"), shell
        assert {name.rstrip("/") for name in offers("in.zip", "--debug-dir", "")} == {"a folder"}, shell
        assert not offers("in.zip", "--level", ""), shell
    assert bash("in.zip", "--strip", "=", "d") == {"debug"}

    if shutil.which("zsh") is None:
        skipped.append("zsh")
    else:
        subprocess.run(["zsh", "-n", scripts["zsh"]], check=True)
        defined = subprocess.run(["zsh", "-fc", f"autoload -Uz compinit && compinit -D -u && source {scripts['zsh']} && print $_comps[slim]"],
                                 capture_output=True, text=True)
        assert defined.stdout.strip() == "_slim", defined
    for command, flags in FLAGS.items():
        zsh = scripts["zsh"].read_text()
        block = zsh.split(f"    {command or '*'})\n")[1].split(" ;;")[0]
        assert set(re.findall(r"'\*?(--[a-z-]+)\[|,(--[a-z-]+)\}", block)) == {
            (flag, "") if f",{flag}}}" not in block else ("", flag) for flag in flags}, (command, block)

if skipped:
    slimtest.skip("all that was tried works; not installed: " + ", ".join(skipped))
