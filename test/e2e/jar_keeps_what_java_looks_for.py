#!/usr/bin/env python3
"""getResource("/dir/") finds a folder, a jar inside a war stays stored or deflated as it was, versions for newer Java
stay, jexec finds its mark, and the comment stays."""
import zipfile

import slimtest
from java_support import compile_java, needs, run

needs("java", "javac", "jar")
MAIN = """package app;
import java.util.jar.*;
public class Main {
  public static void main(String[] args) throws Exception {
    JarFile jar = new JarFile(new java.io.File(args[0]), true, JarFile.OPEN_READ, Runtime.version());
    JarInputStream stream = new JarInputStream(new java.io.FileInputStream(args[0]));
    System.out.println((Main.class.getResource("/dir/") != null) + " " + (Main.class.getResource("/dir/empty/") != null)
      + " " + (Main.class.getResource("/META-INF/") != null) + " " + jar.isMultiRelease() + " "
      + new String(Main.class.getResourceAsStream("/word.txt").readAllBytes()) + " "
      + new String(jar.getInputStream(jar.getEntry("word.txt")).readAllBytes()) + " "
      + (stream.getManifest() != null) + " " + jar.getComment());
  }
}
"""

with slimtest.workdir() as work:
    classes = compile_java(work, {"app/Main.java": MAIN})
    (work / "manifest").write_text("Main-Class: app.Main\nMulti-Release: true\n")
    for name, text in {"dir/x.txt": "x" * 500, "dir/.DS_Store": "\0\0\0\1Bud1\0\0", "word.txt": "old", "META-INF/versions/9/word.txt": "new",
                       "AAA.txt": "sorts before META-INF"}.items():
        (classes / name).parent.mkdir(parents=True, exist_ok=True)
        (classes / name).write_text(text)
    (classes / "dir/empty").mkdir()
    jar, out = work / "in.jar", work / "out.jar"
    run("jar", "cfm", jar, work / "manifest", "-C", classes, ".")
    with zipfile.ZipFile(jar, "a") as archive:
        archive.comment = b"made by hand"
    said = run("java", "-jar", jar, jar)
    assert said == "true true true true new old true made by hand" or said == "true true true true new new true made by hand", said
    slimtest.slim(jar, "-o", out)
    assert run("java", "-jar", out, out) == said
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert names[:2] == ["META-INF/", "META-INF/MANIFEST.MF"] and "dir/.DS_Store" not in names, names
        assert archive.infolist()[0].extra == b"\xfe\xca\0\0", "the mark of a jar"
    assert out.read_bytes()[30 + len("META-INF/"):][:4] == b"\xfe\xca\0\0", "also where jexec looks for it"
    slimtest.slim(out, "-o", work / "again.jar")
    assert (work / "again.jar").read_bytes() == out.read_bytes()

    # Content tells what a jar is, whatever its name; and a name tells where there is no manifest.
    (work / "in.zip").write_bytes(jar.read_bytes())
    slimtest.slim(work / "in.zip", "-o", work / "out.zip")
    assert (work / "out.zip").read_bytes() == out.read_bytes()
    run("jar", "cfM", work / "bare.jar", "-C", classes, "dir", "-C", classes, "app")
    slimtest.slim(work / "bare.jar", "-o", work / "bare-out.jar")
    assert "dir/" in slimtest.read_zip(work / "bare-out.jar")

    # Archives in archives: as they were in a war and an ear, the same bytes in any case.
    inner = out.read_bytes()
    for name in ("app.war", "app.ear"):
        with zipfile.ZipFile(work / name, "w") as archive:
            archive.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n")
            archive.writestr("WEB-INF/lib/stored.jar", inner, zipfile.ZIP_STORED)
            archive.writestr("WEB-INF/lib/deflated.jar", inner, zipfile.ZIP_DEFLATED)
            archive.writestr("WEB-INF/lib/with-script.jar", b"#!/bin/sh\n" + inner, zipfile.ZIP_STORED)
            archive.writestr("stored.txt", "x" * 999, zipfile.ZIP_STORED)
        slimtest.slim(work / name, "-o", work / f"out-{name}")
        with zipfile.ZipFile(work / f"out-{name}") as archive:
            methods = {info.filename: info.compress_type for info in archive.infolist()}
            assert methods["WEB-INF/lib/stored.jar"] == methods["WEB-INF/lib/with-script.jar"] == zipfile.ZIP_STORED
            assert methods["WEB-INF/lib/deflated.jar"] == methods["stored.txt"] == zipfile.ZIP_DEFLATED
            assert archive.read("WEB-INF/lib/stored.jar") == archive.read("WEB-INF/lib/deflated.jar") == inner
    # In a function's zip, which Lambda unpacks, the method means nothing, and the jar's bytes stay.
    function = work / "function.zip"
    with zipfile.ZipFile(function, "w") as archive:
        archive.writestr("app/Main.class", (classes / "app/Main.class").read_bytes())
        archive.writestr("lib/", "")
        archive.writestr("lib/x.jar", jar.read_bytes(), zipfile.ZIP_STORED)
    slimtest.slim(function, "-o", work / "function-out.zip")
    assert slimtest.read_zip(work / "function-out.zip")["lib/x.jar"] == jar.read_bytes()
