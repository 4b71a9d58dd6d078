#!/usr/bin/env python3
"""From 40 columns on no figure of a terminal report is broken, cut or left out: of a run, a gate and a comparison, by
COLUMNS and by the terminal's own width; several packages are told apart by their names."""
import fcntl
import json
import os
import pty
import random
import re
import struct
import subprocess
import termios

import slimtest

FIGURE = re.compile(r"[+-]?\d[\d,.]* (?:B|kB|MB|GB|%)|\b\d{1,3}(?:,\d{3})+\b")


def human(count: int) -> str:
    for unit, size, digits in (("GB", 1e9, 2), ("MB", 1e6, 2), ("kB", 1e3, 1)):
        if count >= size:
            return f"{count / size:.{digits}f} {unit}"
    return f"{count} B"


def on_terminal(width: int, args) -> str:
    main, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    process = subprocess.Popen([slimtest.SLIM, *args], stdout=child, stderr=subprocess.DEVNULL,
                               env={**environment, "TERM": "dumb"})
    os.close(child)
    output = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        output += part
    process.wait()
    return output.decode().replace("\r\n", "\n")


with slimtest.workdir() as work:
    os.chdir(work)
    chance = random.Random(3)
    # Names and sizes as real packages have them: a long name, hundreds of files, and megabytes that no packing makes small.
    files = {"app.py": "import a_package_of_a_very_long_name\n"}
    for name, count, size in (("a_package_of_a_very_long_name_that_goes_on", 1200, 900), ("pandas", 150, 30_000), ("b", 3, 2_000_000)):
        for at in range(count):
            files[f"{name}/{at}.dat"] = chance.randbytes(size)
            files[f"{name}/{at}.pyi"] = "x: int\n" * (at % 7 + 1)
        files[f"{name}-1.0.dist-info/METADATA"] = f"Name: {name}\nVersion: 1.0\n\n" + "long " * 500
        files[f"{name}-1.0.dist-info/RECORD"] = "".join(f"{name}/{at}.dat,,\n" for at in range(count)) + f"{name}/__init__.py,,\n"
        files[f"{name}/__init__.py"] = "x = 1\n"
    slimtest.write_zip("function.zip", files)
    slimtest.write_zip("layer.zip", {"python/m.py": "x = 1\n" * 3000})
    run = ["function.zip", "-o", "out.zip", "--stats"]
    gate = ["check", "function.zip", "--layer", "layer.zip", "--runtime", "python3.12"]
    diff = ["diff", "function.zip", "out.zip"]
    report = slimtest.report(*run)
    totals = report["totals"]
    wanted = {
        "run": [human(totals[f"{key}_{when}"]) for key in ("unpacked", "container") for when in ("before", "after")]
        + [f"{totals['files_before']:,}", f"{totals['files_after']:,}"]
        + [f"-{human(rule[f'{key}_before'] - rule[f'{key}_after'])}" for rule in report["rules"] for key in ("unpacked", "packed")]
        + [human(each[f"unpacked_{when}"]) for each in report["packages"][:10] for when in ("before", "after")],
        "gate": [human(os.path.getsize(name)) for name in ("function.zip", "layer.zip")] + ["52.43 MB", "262.14 MB"],
        "diff": [human(os.path.getsize(name)) for name in ("function.zip", "out.zip")] + [human(totals["unpacked_after"])],
    }
    commands = {"run": run, "gate": gate, "diff": diff}
    for width in (40, 47, 60, 80, 200):
        for kind, command in commands.items():
            for text in (slimtest.slim(*command, env={"COLUMNS": str(width)}).stdout, on_terminal(width, command)):
                lines = text.splitlines()
                wide = [line for line in lines if len(line) > width]
                assert wide == [], (kind, width, wide)
                missing = [figure for figure in wanted[kind] if not any(figure in line for line in lines)]
                assert missing == [], (kind, width, missing, text)
    # The narrow report has the figures of the wide one, but for those of time and memory.
    for kind in ("gate", "diff"):
        seen = [sorted(FIGURE.findall(slimtest.slim(*commands[kind], env={"COLUMNS": str(width)}).stdout)) for width in (40, 200)]
        assert seen[0] == seen[1], (kind, seen)

    # Hundreds of megabytes have one digit more.
    slimtest.write_zip("large.zip", {"a.bin": bytes(150_000_000), "b.bin": bytes(150_000_000)})
    text = slimtest.slim("large.zip", "-n", "--drop", "b.bin", env={"COLUMNS": "40"}).stdout
    sizes = next(line for line in text.splitlines() if line.startswith("  unpacked"))
    assert sizes.split() == ["unpacked", "300.00", "MB", "→", "150.00", "MB", "-50.0", "%"] and len(sizes) <= 40, sizes
    slimtest.write_zip("large.zip", {"a.bin": b"a", "b.bin": bytes(150_000_000)})
    text = slimtest.slim("large.zip", "-n", "--drop", "b.bin", env={"COLUMNS": "40"}).stdout
    sizes = next(line for line in text.splitlines() if line.startswith("  unpacked"))
    assert all(each in sizes for each in ("150.00 MB", " 1 B", "-100.0 %")) and len(sizes) <= 40, sizes

    # Rows of several packages have their names, whatever the width; two of one name differ.
    for width in (40, 200):
        text = slimtest.slim(*gate, env={"COLUMNS": str(width)}).stdout
        assert "zipped: function.zip" in text and "zipped: layer.zip" in text, text
    os.makedirs("other")
    slimtest.write_zip("other/layer.zip", {"python/n.py": "y = 1\n"})
    text = slimtest.slim(*gate, "--layer", "other/layer.zip").stdout
    labels = re.findall(r"^  (zipped\S* .*?)  ", text, re.M)
    assert len(labels) == 3 == len(set(labels)), labels
    alone = slimtest.slim("check", "function.zip", "--runtime", "python3.12").stdout
    assert re.search(r"^  zipped +\d", alone, re.M), alone

    # A pipe has any width: a row is a line, and a sentence too.
    text = slimtest.slim(*run).stdout
    for rule in report["rules"]:
        assert re.search(rf"^  {rule['rule']} +{rule['files']:,} +-\S+ \wB +-\S+ \w?B$", text, re.M), (rule, text)
    for width in ("", "0", "wide", "-3"):
        assert slimtest.slim(*gate, env={"COLUMNS": width}).stdout.splitlines()[2:-1] == slimtest.slim(*gate).stdout.splitlines()[2:-1]
