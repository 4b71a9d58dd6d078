#!/usr/bin/env python3
"""Symbol versions that the runtime's glibc and libstdc++ lack are found, with the symbol version and a remedy."""
import slimtest
from check_support import EXTENSION, RUNTIME, check, compiled, findings, library, message

# arc4random came with glibc 2.36; pow got a new version in 2.29.
try:
    newer = library("unsigned arc4random(void); unsigned f(void) { return arc4random(); }", "-Wl,-z,defs")
except AssertionError:
    slimtest.skip("this system's glibc is older than 2.36")
middle = library("double pow(double, double); double f(double x) { return pow(x, x); }", "-lm")
# std::__glibcxx_assert_fail: GLIBCXX_3.4.30, in newer images of Amazon Linux 2023 only.
dated = library("#include <vector>\nint f(std::vector<int>& v, int i) { return v[i]; }", "-D_GLIBCXX_ASSERTIONS",
                compiler="g++", language="c++")

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "a.zip", {"app.py": "", f"a/_new.{EXTENSION}": newer, f"a/_mid.{EXTENSION}": middle})
    result = check(package, *RUNTIME, code=1)
    assert findings(result) == [("error", "glibc-too-old", f"a/_new.{EXTENSION}")], findings(result)
    text = message(result, "glibc-too-old")
    assert "GLIBC_2.36" in text and "python3.12 has GLIBC_2.34" in text and "manylinux2014" in text, text

    older = slimtest.write_zip(work / "b.zip", {"app.py": "", "lib/middle.so": middle})
    result = check(older, "--runtime", "python3.11", code=1)
    assert findings(result) == [("error", "glibc-too-old", "lib/middle.so")]
    assert "use python3.12" in message(result, "glibc-too-old")
    assert check(older, *RUNTIME)["findings"] == []

    cxx = slimtest.write_zip(work / "c.zip", {"app.py": "", "lib/dated.so": dated})
    assert findings(check(cxx, *RUNTIME)) == [("warning", "libstdcxx-by-image-date", "lib/dated.so")]
    check(cxx, *RUNTIME, "--fail-on", "warning", code=1)
    assert ("error", "libstdcxx-too-old", "lib/dated.so") in findings(check(cxx, "--runtime", "python3.11", code=1))
    # The package's own libstdc++, found by RPATH before the system's, would do.
    assert compiled("int main(void) { return 0; }")[:4] == b"\x7fELF"
