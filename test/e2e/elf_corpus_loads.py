#!/usr/bin/env python3
# labels: corpus registry
# timeout: 900
"""Every library of real wheels, most of them rewritten by auditwheel, loads after slim where it loaded before, keeps the
loader's rules, and numpy, Pillow, psycopg2 and lxml work."""
import concurrent.futures
import pathlib

import elfcheck
import slimtest

PACKAGES = ["numpy", "pillow", "psycopg2-binary", "lxml"]
WORK = """
import io
import numpy, psycopg2
from lxml import etree
from PIL import Image
assert abs(numpy.linalg.inv(numpy.array([[2.0, 0.0], [0.0, 4.0]]))[1, 1] - 0.25) < 1e-12
data = io.BytesIO()
Image.new("RGB", (8, 8), (200, 10, 10)).save(data, "WEBP")
assert etree.fromstring("<a><b>text</b></a>").findtext("b") == "text"
try:
    psycopg2.connect(host="/nowhere", dbname="none")
except psycopg2.OperationalError:
    print("works")
"""


def libraries(folder: pathlib.Path) -> list:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if elfcheck.is_elf(path))


def load_all(folder: pathlib.Path, names: list) -> dict:
    """Each in a process of its own, with the folders of its package."""
    folders = sorted({folder / name.parent for name in names})
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip(names, pool.map(lambda name: elfcheck.load(folder / name, folders), names)))


corpus = slimtest.pip_target("elf", PACKAGES, "--no-compile")
with slimtest.workdir() as work:
    slimtest.slim(corpus, "-o", work / "slim.zip")
    slim = slimtest.unzip(work / "slim.zip", work / "slim")
    names = [name for name in libraries(corpus) if (slim / name).is_file()]
    assert len(names) > 40, names
    before, after = load_all(corpus, names), load_all(slim, names)
    assert sum(outcome == "loads" for outcome in before.values()) > 30, before
    saved = 0
    for name in names:
        assert after[name] == before[name], (name, before[name], after[name])
        was, now = (corpus / name).read_bytes(), (slim / name).read_bytes()
        assert elfcheck.faults(now) == elfcheck.faults(was) == [], name
        assert elfcheck.loaded_bytes(now) == elfcheck.loaded_bytes(was), name
        saved += len(was) - len(now)
    print(f"{len(names)} libraries, {saved} bytes saved, {sum(v == 'loads' for v in after.values())} load, as before")
    ran = slimtest.python_in(slim, WORK)
    assert ran.stdout.strip() == "works", ran.stderr
