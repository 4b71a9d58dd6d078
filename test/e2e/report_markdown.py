#!/usr/bin/env python3
"""--markdown renders as tables, tells what --json tells, fits a comment, and no name in it is markup."""
import html.parser
import os
import re
import shutil
import subprocess

import hostile
import slimtest
from check_support import ARCH, check, needing

if shutil.which("cmark-gfm") is None:
    slimtest.skip("cmark-gfm is not installed")

COMMENT = 65_536
ALLOWED = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "strong", "details", "summary", "sub", "br", "span"}


class Rendered(html.parser.HTMLParser):
    """What a reader sees: texts of code elements, and the cells of every row."""

    def __init__(self, markdown: str):
        super().__init__()
        self.open, self.codes, self.tables, self.text = [], [], [], ""
        done = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough"],
                              input=markdown, capture_output=True, text=True, check=True)
        self.html = done.stdout
        self.feed(self.html)
        assert self.open == [], f"not closed: {self.open}"
        for table in self.tables:
            assert {len(row) for row in table} == {len(table[0])}, table

    def handle_starttag(self, tag, attributes):
        assert tag in ALLOWED and all(name == "align" for name, _ in attributes), (tag, attributes)
        if tag == "br":
            return
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
        elif tag == "code":
            self.codes.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if "code" in self.open:
            self.codes[-1] += data
        if "td" in self.open or "th" in self.open:
            self.tables[-1][-1][-1] += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def human(count: int) -> str:
    for unit, size, digits in (("GB", 1e9, 2), ("MB", 1e6, 2), ("kB", 1e3, 1)):
        if count >= size:
            return f"{count / size:.{digits}f} {unit}"
    return f"{count} B"


with slimtest.workdir() as work:
    # A run: the same figures as JSON, all rules, and the same bytes each time.
    package = work / "in.zip"
    subprocess.run(["python3", slimtest.SOURCE / "testdata/make_sample.py", package], check=True)
    plan = slimtest.report(package, "-o", work / "out.zip", "--markdown", work / "run.md")
    run = Rendered((work / "run.md").read_text())
    rows = {row[0]: row[1:3] for row in run.tables[0]}
    totals = plan["totals"]
    assert rows["unpacked"] == [human(totals["unpacked_before"]), human(totals["unpacked_after"])], rows
    assert rows["zipped"] == [human(totals["container_before"]), human(totals["container_after"])], rows
    by_rule = next(table for table in run.tables if table[0][0] == "rule")
    assert [row[0] for row in by_rule[1:]] == [rule["rule"] for rule in plan["rules"]]
    assert all(finding["id"] in run.text for finding in plan["findings"])
    first = slimtest.slim(package, "--dry-run", "--markdown", "-").stdout
    assert first == slimtest.slim(package, "--dry-run", "--markdown", "-").stdout and first.startswith("### slim")
    Rendered(first)

    # Hostile names: shown as they are, and nothing else comes of them.
    folder = hostile.make(work / "hostile")
    result = check(folder, "--arch", ARCH, "--markdown", work / "check.md", code=1)
    text = (work / "check.md").read_text()
    shown = Rendered(text)
    many = slimtest.slim("check", folder, "--arch", ARCH, "--markdown", "-", code=1).stdout
    assert many == text
    names = {finding["path"] for finding in result["findings"] if finding["id"] == "wrong-architecture"}
    assert names == {hostile.printable(name) for name in hostile.NAMES}
    # Five of a group stand in the comment; one at a time all of them.
    files = next(row[2] for table in shown.tables for row in table if row[0] == "wrong-architecture")
    assert sum(name in files for name in names) == 5 and "7 more files" in files, files
    assert hostile.SONAME in shown.text
    for at, name in enumerate(sorted(names)):
        single = work / f"single{at}"
        raw = next(each for each in hostile.NAMES if hostile.printable(each) == name)
        target = os.path.join(os.fsencode(single), raw)
        os.makedirs(os.path.dirname(target))
        with open(target, "wb") as file:
            file.write(hostile.of_another_machine())
        page = Rendered(slimtest.slim("check", single, "--arch", ARCH, "--markdown", "-", code=1).stdout)
        assert name in page.codes, (name, page.html)
    # A mention and an issue number are looked for outside code, in runs of text.
    assert not re.search(r"[@#]\w", re.sub(r"<code>.*?</code>", "", shown.html)), shown.html

    # Whatever it has to tell, it fits, and says what it leaves out: here libraries of 700 names are missing.
    soname = f"lib{'|' * 100}0000.so"
    content = needing(soname)
    for at in range(700):
        (folder / f"{at}.so").write_bytes(content.replace(b"0000.so", b"%04d.so" % at))
    for command in (["check", folder, "--arch", ARCH, "--markdown", "-"], [folder, "-n", "--arch", ARCH, "--markdown", "-"]):
        text = slimtest.slim(*command, code=1).stdout
        assert 30_000 < len(text) <= COMMENT, len(text)
        assert re.search(r"… and [0-9]{3} more: see --json", Rendered(text).text)

    # One report at most for standard output, and no terminal report beside it.
    error = slimtest.slim("check", package, "--markdown", "-", "--json", "-", code=2).stderr
    assert "--json - and --markdown -" in error, error
