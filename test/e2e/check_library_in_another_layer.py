#!/usr/bin/env python3
"""A library that lies in another package, where no search path leads, is told of, with what could have loaded it before."""
import slimtest
from check_support import EXTENSION, RUNTIME, check, findings, library, message, needing

GDAL = library("int g(void) { return 2; }", "-Wl,-soname,libgdal-1a2b.so.36")
# As auditwheel makes them: the extension looks beside its own package.
BASE = needing("libgdal-1a2b.so.36", "-Wl,-rpath,$ORIGIN/../rasterio.libs")

with slimtest.workdir() as work:
    def checked(function: dict, layer: dict) -> dict:
        return check(slimtest.write_zip(work / "function.zip", {"app.py": "", **function}),
                     slimtest.write_zip(work / "layer.zip", layer), *RUNTIME)

    base = f"rasterio/_base.{EXTENSION}"
    libs = "python/rasterio.libs/libgdal-1a2b.so.36"
    result = checked({base: BASE}, {libs: GDAL})
    assert findings(result) == [("warning", "library-off-path", base)], findings(result)
    text = message(result, "library-off-path")
    assert "/opt/" + libs in text and "no other library" in text, text
    check(work / "function.zip", work / "layer.zip", *RUNTIME, "--fail-on", "warning", code=1)

    result = checked({base: BASE}, {libs: GDAL, f"python/fiona/_base.{EXTENSION}": BASE,
                                    f"python/osgeo/_gdal.{EXTENSION}": needing("libgdal-1a2b.so.36", "-Wl,-rpath,$ORIGIN/../rasterio.libs")})
    assert findings(result) == [("warning", "library-off-path", base)], findings(result)
    assert f"/opt/python/fiona/_base.{EXTENSION} is loaded before" in message(result, "library-off-path")

    # Found all the same: both in the layer, in lib/ of the layer, or by a path across the packages.
    assert findings(checked({}, {"python/" + base: BASE, libs: GDAL})) == []
    assert findings(checked({base: BASE}, {"lib/libgdal-1a2b.so.36": GDAL})) == []
    assert findings(checked({base: needing("libgdal-1a2b.so.36", "-Wl,-rpath,/opt/python/rasterio.libs")}, {libs: GDAL})) == []
    # In one package its own code may load it first.
    assert findings(checked({base: BASE, "other/libgdal-1a2b.so.36": GDAL}, {"python/x.py": ""})) == []
