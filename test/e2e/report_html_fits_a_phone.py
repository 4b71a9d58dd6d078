#!/usr/bin/env python3
# timeout: 180
"""The HTML page is whole on a phone and tidy on a desk: nothing is cut off, no size loses its digits, no name its sense, and
each rule says why."""
import json
import random
import re

import browser
import slimtest
from check_support import library, needing

WIDTHS = ((360, 740), (768, 1000), (1440, 1000))
# What the map writes: each text that is drawn on a canvas.
RECORD = """(() => { const drawn = window.drawn = []; const fill = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { drawn.push(text); return fill.call(this, text, ...rest); }; })()"""
INSIDE = """[...document.querySelectorAll('#findings td, #tables td, #figures .figure, #legend span, #list .size')].filter((each) => {
  const box = each.getBoundingClientRect(); return box.width > 0 && (box.left < 0 || box.right > innerWidth + 0.5); }).map((each) => each.innerText)"""

with slimtest.workdir() as work, browser.page() as page:
    chance = random.Random(5)
    long = "python/pandas/_libs/window/a_rather_long_name_of_an_extension.cpython-312-x86_64-linux-gnu.so"
    files = {"bin/tool": library(), "bin/other": b"\0" * 3000, "python/pandas/__init__.py": "", "python/pandas/core/a.py": "x = 1\n",
             "python/pandas/core/a.pyi": "x: int\n" * 200, long: needing("libnowhere-with-a-long-name.so.1"), "python/pandas-1.0.dist-info/METADATA": "Name: pandas\nVersion: 1.0\n",
             "python/pandas-1.0.dist-info/RECORD": "pandas/__init__.py,,\n"}
    # Rectangles of all widths, down to those in which no size fits.
    for at in range(60):
        files[f"python/pandas/io/{at}.dat"] = chance.randbytes(1_234_567 // (at + 1))
    package = slimtest.write_zip(work / "layer.zip", files)
    plan = slimtest.report(package, "-o", work / "out.zip", "--html", work / "run.html")
    slimtest.slim("check", package, "--runtime", "python3.12", "--html", work / "check.html", "-q")

    for name in ("run", "check"):
        for width, height in WIDTHS:
            page.size(width, height)
            page.open(work / f"{name}.html")
            assert page.run("document.documentElement.scrollWidth") <= width, (name, width)
            # Nothing has to be scrolled to sideways to be seen, either.
            assert page.run(INSIDE) == [], (name, width, page.run(INSIDE))
            assert page.run("[...document.querySelectorAll('.scroll')].every((each) => each.scrollWidth <= each.clientWidth + 1)"), (name, width)
            # No hole between the map's legend and what follows.
            gap = page.run("document.querySelector('#findings h2').getBoundingClientRect().top - document.querySelector('#legend').getBoundingClientRect().bottom")
            assert 0 < gap < 90, (name, width, gap)
            shown = page.run("document.querySelector('#details').innerText")
            assert shown.strip() != "", "the place for details is empty"
            # Sizes are whole or not there.
            page.run(RECORD)
            page.run("refresh()")
            drawn = page.run("drawn")
            sizes = [text for text in drawn if re.search(r"(^|\d|…)\s?[kMG]?B$", text)]
            assert len(sizes) > 3 and all(re.fullmatch(r"\d+(\.\d+)? [kMG]?B", text) for text in sizes), (name, width, sizes)

    # Names: a group is called by its name alone, and a path below it begins where its files part.
    page.size(1440, 1000)
    page.open(work / "run.html")
    listed = page.texts("#list .name")
    assert set(listed) == {each["package"] for each in plan["packages"]} == {"pandas", "bin"}, listed
    page.run(RECORD)
    page.run("refresh()")
    assert not [text for text in page.run("drawn") if text in ("bin/bin", "pandas/python") or text.startswith(("pandas/", "bin/"))], page.run("drawn")
    below = page.run("Object.fromEntries(tree.children.map((each) => [each.name, each.children.map((child) => child.name).sort()]))")
    assert below == {"bin": ["other", "tool"], "pandas": ["pandas", "pandas-1.0.dist-info"]}, below
    for way in ("rule", "kind"):
        page.run(f"document.querySelector('input[name=way][value={way}]').click()")
        groups = set(page.run("tree.children.map((each) => each.name)"))
        known = {file.get("rule", "untouched") for file in plan["files"]} if way == "rule" else {file["kind"] for file in plan["files"]}
        assert groups - {"the zip's own headers"} == known, (way, groups, known)
    # A file is still known by its whole path.
    page.run("document.querySelector('input[name=way][value=package]').click()")
    page.run(f"goTo({json.dumps(long)})")
    page.settle()
    assert page.text("#details").startswith(long), page.text("#details")

    # What each rule did, and why: as the JSON report has it.
    rows = page.run("[...document.querySelectorAll('#tables tbody tr')].map((row) => [...row.cells].slice(0, 2).map((each) => each.innerText))")
    assert rows == [[rule["rule"], rule["reason"]] for rule in plan["rules"]] and all(reason for _, reason in rows), rows
    assert page.faults == [], page.faults
