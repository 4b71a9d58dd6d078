#!/usr/bin/env python3
# timeout: 180
"""--html is one page that Chromium draws without a fault or a network: its sums, zoom by mouse and keys, search, themes, hostile names."""
import re
import subprocess
import zlib

import browser
import hostile
import slimtest
from check_support import ARCH, check


def human(count: int) -> str:
    for unit, size, digits in (("GB", 1e9, 2), ("MB", 1e6, 2), ("kB", 1e3, 1)):
        if count >= size:
            return f"{count / size:.{digits}f} {unit}"
    return f"{count} B"


def colours_of(image: bytes) -> set:
    """The colours of a PNG of 8-bit RGB or RGBA."""
    at, data, channels, width = 8, b"", 0, 0
    while at < len(image):
        length, kind = int.from_bytes(image[at:at + 4], "big"), image[at + 4:at + 8]
        chunk = image[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, channels = int.from_bytes(chunk[:4], "big"), {2: 3, 6: 4}[chunk[9]]
        elif kind == b"IDAT":
            data += chunk
        at += 12 + length
    raw, stride, colours = zlib.decompress(data), width * channels, set()
    above = bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        kind, row = raw[start], bytearray(raw[start + 1:start + 1 + stride])
        for i in range(stride):
            left = row[i - channels] if i >= channels else 0
            corner = above[i - channels] if i >= channels else 0
            if kind == 1:
                row[i] = row[i] + left & 255
            elif kind == 2:
                row[i] = row[i] + above[i] & 255
            elif kind == 3:
                row[i] = row[i] + (left + above[i]) // 2 & 255
            elif kind == 4:
                guess = left + above[i] - corner
                row[i] = row[i] + min((left, above[i], corner), key=lambda each: abs(guess - each)) & 255
        colours |= {bytes(row[i:i + 3]) for i in range(0, stride, channels)}
        above = row
    return colours


with slimtest.workdir() as work, browser.page() as page:
    package, target = work / "in.zip", work / "run.html"
    subprocess.run(["python3", slimtest.SOURCE / "testdata/make_sample.py", package], check=True)
    plan = slimtest.report(package, "-o", work / "out.zip", "--html", target)
    totals = plan["totals"]
    first = target.read_bytes()
    slimtest.slim(package, "-o", work / "out.zip", "--html", target, "-q")
    assert target.read_bytes() == first
    assert b"Redistribution and use in source and binary forms" in first, "d3-hierarchy's licence is missing"

    page.open(target)
    cards = page.texts(".figure")
    for key, card in zip(("unpacked", "container"), cards):
        assert human(totals[f"{key}_before"]) in card and human(totals[f"{key}_after"]) in card, card

    # In every view, size and grouping the whole adds up to the figures of the JSON report.
    sums = {("unpacked", "before"): totals["unpacked_before"], ("unpacked", "after"): totals["unpacked_after"],
            ("packed", "before"): totals["container_before"], ("packed", "after"): totals["container_after"]}
    for way in ("folder", "rule", "kind", "package"):
        for (measure, view), size in sums.items():
            for name, value in (("way", way), ("measure", measure), ("view", view)):
                page.run(f"document.querySelector('input[name={name}][value={value}]').click()")
            assert page.run(f"tree.{view}") == size, (way, measure, view)
            assert page.text("#crumbs").endswith(f"{human(size)} in {totals['files_' + view]:,} files"), page.text("#crumbs")
    for name, value in (("measure", "unpacked"), ("view", "before")):
        page.run(f"document.querySelector('input[name={name}][value={value}]').click()")

    # The mouse: a tip names the file that is under it; a click goes one folder deeper; the path leads back.
    x, y = page.run("(() => { const b = document.querySelector('#overlay').getBoundingClientRect(); return [b.x + b.width / 4, b.y + b.height / 3]; })()")
    page.mouse("mouseMoved", x, y)
    page.settle()
    tip = page.text("#tip").splitlines()[0]
    largest = page.texts("#list .name")[0]
    page.click(x, y)
    crumbs = page.texts("#crumbs button")
    owner = next((file["package"] for file in plan["files"] if file["path"] == tip), tip.split("/")[0])
    assert len(crumbs) == 2 and crumbs[1].split("/")[0] == owner, (tip, crumbs)
    page.click_on("#crumbs button")
    assert len(page.texts("#crumbs button")) == 1 and page.texts("#list .name")[0] == largest

    # The keys do all of it: the first of the map, into it, and back.
    page.run("document.querySelector('#map').focus()")
    page.key("ArrowRight")
    chosen = page.text("#list .chosen .name").rstrip("/")
    page.key("Enter")
    assert page.texts("#crumbs button")[1] == chosen, (page.texts("#crumbs button"), chosen)
    page.key("Escape")
    assert len(page.texts("#crumbs button")) == 1 and page.text("#list .chosen .name").rstrip("/") == chosen
    assert chosen in page.text("#details")

    # Search finds what the JSON report has.
    page.key("/")
    page.type(".PY test")
    found = [file["path"] for file in plan["files"] if ".py" in file["path"].lower() and "test" in file["path"].lower()]
    assert page.text("#listed").startswith(f"{len(found)} file") and found, (page.text("#listed"), found)
    page.key("Escape")
    assert "found" not in page.text("#listed")

    # Light and dark, by the system and by the button, differ on the whole page, and both draw the map.
    page.colours("light")
    light = colours_of(page.screenshot(work / "light.png"))
    page.colours("dark")
    dark = colours_of(page.screenshot(work / "dark.png"))
    ground = {"light": bytes.fromhex("f6f6f3"), "dark": bytes.fromhex("14171a")}
    stays = {"light": bytes.fromhex("7fa6d6"), "dark": bytes.fromhex("4d7db5")}
    for theme, colours, other in (("light", light, "dark"), ("dark", dark, "light")):
        assert ground[theme] in colours and stays[theme] in colours, theme
        assert ground[other] not in colours and stays[other] not in colours, theme
    page.click_on("#theme")
    assert ground["light"] in colours_of(page.screenshot(work / "light.png"))

    # A dry run, and a gate, have their own.
    slimtest.slim(package, "-n", "--html", target, "-q")
    page.open(target)
    assert "dry run" in page.text("#facts") and human(totals["unpacked_after"]) in page.text("#figures")
    result = check(package, "--html", target, "--budget", "zip=1kB", code=1)
    page.open(target)
    assert page.text(".verdict .now") == "failed" and f"{len(result['findings'])} finding" in page.text("#findings h2")
    assert {finding["id"] for finding in result["findings"]} == set(page.texts("#findings td:nth-child(2)"))

    # Hostile names are shown, and are nothing but names.
    folder = hostile.make(work / "hostile")
    (work / "slim.toml").write_text("")
    for command in ([folder, "-n", "--arch", ARCH], ["check", folder, "--arch", ARCH]):
        slimtest.slim(*command, "--html", target, "-q", code=1)
        page.open(target)
        assert page.run("document.querySelectorAll('img, svg, b, a, iframe').length") == 0
        assert page.run("document.querySelectorAll('script').length") == 7
        shown = page.run("report.files.map((file) => file[0])")
        assert {hostile.printable(name) for name in hostile.NAMES} <= set(shown), shown
        assert hostile.SONAME in page.text("#findings")
    # Were it markup after all, the page's policy would still let nothing run.
    page.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title = 1\">')")
    page.settle()
    assert page.run("document.title") != "1"
    refused = [fault for fault in page.faults if "Content Security Policy" in str(fault)]
    assert refused and page.faults == refused, page.faults
    assert all(re.match(r"file:///\S+(run\.html|/x)$", url) for url in page.requests), page.requests
