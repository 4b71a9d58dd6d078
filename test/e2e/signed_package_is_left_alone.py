"""A signature covers every file of a jar: so nothing in a signed one changes, and the report says why."""
import zipfile

import slimtest

with slimtest.workdir() as work:
    library = work / "libx.so"
    source = work / "x.c"
    source.write_text("int x(void) { return 1; }\n")
    slimtest.subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-o", library, source], check=True)
    for signed in (False, True):
        jar = work / "lib.jar"
        with zipfile.ZipFile(jar, "w") as out:
            out.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n")
            if signed:
                out.writestr("META-INF/KEY.SF", "Signature-Version: 1.0\r\n\r\n")
            out.write(library, "native/libx.so")
        report = slimtest.report(jar, "-o", work / "out.jar")
        file = next(file for file in report["files"] if file["path"] == "native/libx.so")
        if not signed:
            assert file["action"] == "strip", file
            continue
        assert file["action"] == "keep" and "signed (META-INF/KEY.SF)" in file["holds"][0]["reason"], file
        with zipfile.ZipFile(work / "out.jar") as after:
            assert after.read("native/libx.so") == library.read_bytes()
            assert after.namelist()[0] == "META-INF/MANIFEST.MF"
