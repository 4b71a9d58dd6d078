#!/usr/bin/env python3
# labels: registry
# timeout: 600
"""Real wheels for Alpine, macOS, Windows and another Python are found for what they are."""
import slimtest
from check_support import RUNTIME, check, message


def wheel(platform: str, python: str = "3.12"):
    folder = slimtest.pip_target(f"check-markupsafe-{platform}-{python}", ["markupsafe==3.0.2"], "--no-compile", "--platform",
                                 platform, "--python-version", python, "--implementation", "cp")
    return slimtest.zip_folder(folder)


def kinds(package, *args, code: int) -> set:
    result = check(package, *RUNTIME, *args, code=code)
    return {(f["severity"], f["id"]) for f in result["findings"]}


assert kinds(wheel("manylinux2014_x86_64"), code=0) == set()
assert kinds(wheel("manylinux2014_aarch64"), code=0) == set()
assert kinds(wheel("manylinux2014_aarch64"), "--arch", "x86_64", code=1) == {("error", "wrong-architecture")}
assert kinds(wheel("musllinux_1_2_x86_64"), code=1) == {("error", "musl-build")}
assert kinds(wheel("macosx_11_0_arm64"), code=1) == {("error", "foreign-system")}
assert kinds(wheel("win_amd64"), code=1) == {("error", "foreign-system")}
assert kinds(wheel("manylinux2014_x86_64", "3.10"), code=1) == {("error", "python-extension-tag")}
result = check(wheel("musllinux_1_2_x86_64"), *RUNTIME, code=1)
text = message(result, "musl-build")
assert "markupsafe" in text.lower() and "manylinux2014_x86_64" in text, text
