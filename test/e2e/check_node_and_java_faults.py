#!/usr/bin/env python3
"""Native npm packages of other platforms alone, classes newer than the runtime's Java, and missing handlers."""
import struct

import slimtest
from check_support import ARCH, check, findings, library

NODE = ["--runtime", "nodejs22.x"]
CPU = {"x86_64": "x64", "arm64": "arm64"}[ARCH]
MAC = b"\xcf\xfa\xed\xfe" + b"\0" * 60


def class_file(java: int) -> bytes:
    return struct.pack(">IHH", 0xCAFEBABE, 0, 44 + java) + b"\0" * 40


with slimtest.workdir() as work:
    def found(files: dict, *args, code: int = 0) -> list:
        package = slimtest.write_zip(work / "in.zip", files)
        return findings(check(package, "--arch", ARCH, *args, code=code))

    darwin = "node_modules/@img/sharp-darwin-arm64/lib/sharp.node"
    linux = f"node_modules/@img/sharp-linux-{CPU}/lib/sharp.node"
    assert ("warning", "node-native-missing", darwin) in found({"index.js": "", darwin: MAC}, *NODE)
    assert found({"index.js": "", darwin: MAC, linux: library()}, *NODE) == []
    assert found({"index.js": ""}, *NODE, "--handler", "index.handler") == []
    assert found({"dist/index.mjs": ""}, *NODE, "--handler", "dist/index.handler") == []
    assert found({"main.js": ""}, *NODE, "--handler", "index.handler", code=1) == [("error", "missing-handler", "")]

    java = ["--runtime", "java17"]
    assert found({"a/B.class": class_file(21)}, *java, code=1) == [("error", "java-class-too-new", "a/B.class")]
    assert found({"a/B.class": class_file(17)}, *java, "--handler", "a.B::run") == []
    assert found({"a/B.class": class_file(17)}, *java, "--handler", "a.C::run", code=1) == [("error", "missing-handler", "")]
