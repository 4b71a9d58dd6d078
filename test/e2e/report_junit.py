#!/usr/bin/env python3
"""--junit: a test for each kind of finding, which fails exactly where the gate does, and is skipped where nothing was checked."""
import xml.etree.ElementTree as ElementTree

import hostile
import slimtest
from check_support import ARCH, RUNTIME, check, library, needing


def suite(path) -> dict:
    """name -> "passed", "failed", "skipped" or "told", after the sums have been checked."""
    root = ElementTree.parse(path).getroot()
    assert root.tag == "testsuites" and len(root) == 1
    cases = {}
    for case in root[0]:
        assert case.tag == "testcase" and case.get("classname") == "slim.check" and case.get("name") not in cases
        kinds = {"failure": "failed", "skipped": "skipped", "system-out": "told"}
        cases[case.get("name")] = kinds[case[0].tag] if len(case) else "passed"
    for each in (root, root[0]):
        assert int(each.get("tests")) == len(cases)
        assert int(each.get("failures")) == sum(state == "failed" for state in cases.values())
        assert int(each.get("skipped")) == sum(state == "skipped" for state in cases.values())
    return cases


with slimtest.workdir() as work:
    target = work / "junit.xml"
    package = slimtest.write_zip(work / "in.zip", {"app.py": "", "lib/a.so": library(), "lib/b.so": needing("libnowhere.so.1"),
                                                   "lib/c.so": library("int f(void) { return 1; }", "-Wl,-z,execstack")})
    result = check(package, "--junit", target)
    cases = suite(target)
    assert {f["id"] for f in result["findings"]} == {"missing-library", "executable-stack"}
    assert {name for name, state in cases.items() if state == "told"} == {"missing-library", "executable-stack"}
    assert cases["glibc-too-old"] == "passed" and cases["missing-handler"] == cases["over-budget"] == cases["not-ready"] == "skipped"
    assert cases["shadows-standard-library"] == "skipped" and "failed" not in cases.values()

    # As grave as the gate takes it.
    check(package, *RUNTIME, "--handler", "app.handler", "--budget", "zip=10", "--fail-on", "warning", "--junit", target, code=1)
    cases = suite(target)
    assert {name for name, state in cases.items() if state == "failed"} == {"missing-library", "over-budget"}, cases
    assert cases["executable-stack"] == "told" and cases["missing-handler"] == cases["shadows-standard-library"] == "passed"
    first = target.read_bytes()
    check(package, *RUNTIME, "--handler", "app.handler", "--budget", "zip=10", "--fail-on", "warning", "--junit", target, code=1)
    assert target.read_bytes() == first

    # Every file of a failure is named, whatever its name.
    check(hostile.make(work / "hostile"), "--arch", ARCH, "--junit", target, code=1)
    suite(target)
    failure = ElementTree.parse(target).find(".//testcase[@name='wrong-architecture']/failure")
    for name in map(hostile.printable, hostile.NAMES):
        # XML can't say these two in any way.
        assert "  " + name.replace("\ufffe", "\\xef\\xbf\\xbe").replace("\uffff", "\\xef\\xbf\\xbf") + "\n" in failure.text, name
