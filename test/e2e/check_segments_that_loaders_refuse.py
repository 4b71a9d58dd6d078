#!/usr/bin/env python3
"""Program headers that the loader refuses are errors; code that is writable or a stack that is executable are notes."""
import ctypes

import slimtest
from check_support import RUNTIME, check, findings, library, message

with slimtest.workdir() as work:
    misaligned = library("int f(void) { return 1; } int table[999] = {1};", "-nostdlib", "-Wl,-z,max-page-size=1024,-z,norelro")
    (work / "m.so").write_bytes(misaligned)
    try:
        ctypes.CDLL(str(work / "m.so"))
        raise AssertionError("this system's loader takes what the test holds for a fault")
    except OSError as refused:
        print(refused)
    package = slimtest.write_zip(work / "m.zip", {"app.py": "", "x/m.so": misaligned})
    result = check(package, *RUNTIME, code=1)
    assert findings(result) == [("error", "misaligned-segment", "x/m.so")], result["findings"]

    stack = library("int f(void) { return 1; }", "-z", "execstack")
    text = library(".text\n.globl f\nf: ret\n.quad g\n.data\n.globl g\ng: .quad 0\n", "-Wl,-z,notext", language="assembler")
    package = slimtest.write_zip(work / "n.zip", {"app.py": "", "x/stack.so": stack, "x/text.so": text})
    result = check(package, *RUNTIME)
    assert ("note", "executable-stack", "x/stack.so") in findings(result), findings(result)
    assert ("note", "text-relocations", "x/text.so") in findings(result), findings(result)
    assert all(severity == "note" for severity, _, _ in findings(result))
    assert "noexecstack" in message(result, "executable-stack")

    damaged = slimtest.write_zip(work / "d.zip", {"app.py": "", "x/d.so": library()[:100]})
    assert findings(check(damaged, *RUNTIME)) == [("warning", "damaged-elf", "x/d.so")]
