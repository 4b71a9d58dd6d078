#!/usr/bin/env python3
"""A function with its layer and nothing wrong has no finding, exit code 0, and is not touched."""
import slimtest
from check_support import ARCH, EXTENSION, RUNTIME, check, library, needing

with slimtest.workdir() as work:
    function = slimtest.write_zip(work / "function.zip", {
        "app.py": "def handler(event, context): return 1\n",
        f"fast/_core.{EXTENSION}": needing("libfast.so.1"),
        "fast/__init__.py": "",
        "bin/tool": (0o100755, library())})
    layer = slimtest.write_zip(work / "layer.zip", {"lib/libfast.so.1": library(), "python/extra/__init__.py": ""})
    before = {path.name: slimtest.sha256(path) for path in work.iterdir()}

    result = check(function, layer, *RUNTIME, "--handler", "app.handler", "--arch", ARCH)
    assert result["findings"] == [], result["findings"]
    assert [part["mount"] for part in result["parts"]] == ["/var/task", "/opt"]
    assert [part["architecture"] for part in result["parts"]] == [ARCH, ARCH]
    assert result["totals"]["zip"] == sum(path.stat().st_size for path in (function, layer))
    assert result["totals"]["unpacked"] == sum(len(content) for path in (function, layer)
                                               for content in slimtest.read_zip(path).values())

    # A layer that comes first, or is named, is one all the same; order changes no finding.
    assert check(layer, "--layer", layer, *RUNTIME)["parts"][0]["mount"] == "/opt"
    text = slimtest.slim("check", function, "--layer", layer, *RUNTIME).stdout
    assert "0 errors, 0 warnings" in text and ARCH in text, text
    pure = slimtest.write_zip(work / "pure.zip", {"app.py": ""})
    assert check(pure, *RUNTIME)["parts"][0]["architecture"] == "pure"
    pure.unlink()
    assert before == {path.name: slimtest.sha256(path) for path in work.iterdir()}
