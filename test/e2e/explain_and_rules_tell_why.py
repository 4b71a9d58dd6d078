#!/usr/bin/env python3
"""slim explain tells what happens to a file and why; slim rules lists every rule with its evidence and savings."""
import slimtest
from check_support import library

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", {
        "app.py": "import pkg\n", "pkg/__init__.py": "from pkg.tests import helper\n",
        "pkg/tests/__init__.py": "", "pkg/tests/helper.py": "", "pkg/tests/test_more.py": "#" * 500,
        "pkg/lib.so": library("int f(void) { return 1; }", "-g3")})

    def explain(*args) -> str:
        return slimtest.slim("explain", package, *args).stdout

    dropped = explain("pkg/tests/test_more.py")
    assert "goes: 500 B less" in dropped and "python-tests" in dropped and "evidence" in dropped, dropped
    held = explain("pkg/tests/helper.py")
    assert "stays as it is" in held and "held by   python-tests" in held, held
    assert "pkg/__init__.py imports pkg.tests.helper" in held, held
    assert "held by   --keep" in explain("pkg/tests/test_more.py", "--keep", "pkg/tests")
    assert "elf-strip" in explain("*.so") and "bytes are loaded" in explain("*.so")
    assert "no file of the package matches" in slimtest.slim("explain", package, "none.py", code=2).stderr

    listed = slimtest.slim("rules").stdout
    for rule in ("elf-strip", "python-tests", "python-bytecode"):
        assert f"  {rule}  " in listed, listed
    assert listed.count("evidence") >= 10 and "here" not in listed
    here = slimtest.slim("rules", package, "--disable", "elf-strip").stdout
    assert "-500 B unpacked in 1 file" in here and "elf-strip  strip, off" in here, here
    assert "did you mean" in slimtest.slim("rules", "--disable", "elf-stirp", code=2).stderr
