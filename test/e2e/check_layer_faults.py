#!/usr/bin/env python3
"""Layer folders that no runtime searches are found, and more layers than Lambda takes."""
import slimtest
from check_support import RUNTIME, check, findings, library, message

with slimtest.workdir() as work:
    function = slimtest.write_zip(work / "function.zip", {"app.py": ""})

    def found(files: dict, *args) -> list:
        layer = slimtest.write_zip(work / "layer.zip", files)
        return findings(check(function, "--layer", layer, *(args or RUNTIME)))

    assert found({"lib64/libx.so.1": library()}) == [("warning", "unsearched-folder", "lib64/libx.so.1")]
    assert found({"lib/libx.so.1": library()}) == []
    site = "python/lib/python3.9/site-packages/x/__init__.py"
    assert found({site: ""}) == [("warning", "unsearched-folder", site)]
    assert found({site: ""}, "--runtime", "python3.9") == [("warning", "runtime-deprecated", "")]
    assert found({site.replace("3.9", "3.12"): "", "python/y.py": ""}) == []
    assert found({"layer/python/x.py": ""}) == [("warning", "unsearched-folder", "layer/python/x.py")]
    node = "nodejs/node18/node_modules/x/index.js"
    assert found({node: ""}, "--runtime", "nodejs22.x") == [("warning", "unsearched-folder", node)]
    assert found({"nodejs/node22/node_modules/x/index.js": ""}, "--runtime", "nodejs22.x") == []

    layer = slimtest.write_zip(work / "layer.zip", {"python/x.py": ""})
    assert findings(check(function, *[layer] * 5, *RUNTIME)) == []
    result = check(function, *[layer] * 6, *RUNTIME, code=1)
    assert findings(result) == [("error", "too-many-layers", "")]
    assert "merge" in message(result, "too-many-layers")
