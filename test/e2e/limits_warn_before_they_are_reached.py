#!/usr/bin/env python3
"""A size from nine tenths of its limit on is shown as a warning in every report for people, and beyond it as an error."""
import json
import os
import pty
import random
import re
import subprocess
import zipfile

import browser
import slimtest

LIMIT = 52_428_800
YELLOW, RED, GREEN = "\x1b[33m", "\x1b[31m", "\x1b[32m"


def on_terminal(args) -> str:
    main, child = pty.openpty()
    process = subprocess.Popen([slimtest.SLIM, *map(str, args)], stdout=child, env={**os.environ, "TERM": "xterm", "NO_COLOR": ""})
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
    return output.decode()


with slimtest.workdir() as work, browser.page() as page:
    noise = random.Random(1).randbytes(1 << 20)
    for percent, ink, mark, kind in ((89.5, GREEN, "", "change"), (91.0, YELLOW, "⚠️ ", "change near"), (101.0, RED, "❌ ", "change over")):
        package = work / "function.zip"
        size = int(LIMIT * percent / 100)
        with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
            info = zipfile.ZipInfo("data.bin")
            info.external_attr = 0o100644 << 16
            archive.writestr(info, (noise * 60)[:size])
        told = f"{percent:.1f} % of 52.43 MB"
        terminal = on_terminal(["check", package, "--markdown", work / "check.md", "--html", work / "check.html"])
        row = next(line for line in terminal.splitlines() if line.startswith("  zipped"))
        assert f"{ink}{percent:5.1f} %" in row, (percent, row)
        assert f"| {mark}{told} |" in (work / "check.md").read_text(), (percent, (work / "check.md").read_text())
        page.open(work / "check.html")
        cards = page.run("[...document.querySelectorAll('.figure .change')].map((each) => [each.className.trim(), each.innerText])")
        assert [kind, told] in cards, (percent, cards)
        # And it is drawn so: one of the three colours that good, warning and bad have on this page.
        colour = page.run(f"(() => {{ const e = [...document.querySelectorAll('.figure .change')].find((each) => each.innerText === {json.dumps(told)});"
                          "return getComputedStyle(e).color; })()")
        name = {GREEN: "good", YELLOW: "warn", RED: "bad"}[ink]
        wanted = page.run(f"(() => {{ const e = document.body.appendChild(document.createElement('p')); e.style.color = 'var(--{name})';"
                          "return getComputedStyle(e).color; })()")
        assert colour == wanted and re.match(r"rgb", colour), (percent, colour, wanted)
