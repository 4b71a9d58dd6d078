"""A package whose names try to be more than names, each on a file with a finding."""
import os
import pathlib

from check_support import ARCH, library, needing

OTHER = {"x86_64": "arm64", "arm64": "x86_64"}[ARCH]
MACHINES = {"x86_64": 62, "arm64": 183}

NAMES = [
    b"</script><img src=x onerror=alert(1)>.so",
    b"--><svg onload=alert(2)>.so",
    b"]]>\" onmouseover=\"alert(3)' &lt; &amp;.so",
    b"pipe | cell || other `tick` ``` <b>.so",
    b"`x` **bold** _it_ ~~gone~~ [link](javascript:alert(4)).so",
    b" leading and trailing ",
    b"@octocat closes #1 https-ish www.example.com a@example.com.so",
    b"{{data}} ${x} %s <!-- .so",
    b"control \x01\x1b[31m\x7f\t\n\r end.so",
    b"invalid \xff\xc3\x28\xed\xa0\x80 end.so",
    "noncharacters \ufffe\uffff \u2028 \U0001f600 \u202e rtl.so".encode(),
    b"# heading.so",
]
SONAME = "lib<img src=x onerror=alert(5)>|`@octocat`#1.so"


def printable(name: bytes) -> str:
    """As slim writes it: control characters and what is no UTF-8 as \\xNN."""
    out = ""
    for character in name.decode("utf-8", "surrogateescape"):
        if 0xDC80 <= ord(character) <= 0xDCFF:
            out += f"\\x{ord(character) - 0xDC00:02x}"
        elif ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0:
            out += "".join(f"\\x{byte:02x}" for byte in character.encode())
        else:
            out += character
    return out


def of_another_machine() -> bytes:
    """A library that says it is for the other architecture."""
    made = bytearray(library())
    made[18:20] = MACHINES[OTHER].to_bytes(2, "little")
    return bytes(made)


def make(folder: pathlib.Path) -> pathlib.Path:
    """Checked with --arch ARCH, each of NAMES has an error, and one library needs SONAME."""
    content = of_another_machine()
    for name in NAMES:
        path = os.path.join(os.fsencode(folder), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    (folder / "needs.so").write_bytes(needing(SONAME))
    return folder
