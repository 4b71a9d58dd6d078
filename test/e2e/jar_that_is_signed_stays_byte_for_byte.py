#!/usr/bin/env python3
"""A signed jar comes out as the very bytes that went in, whatever is asked for, and Java finds its certificates, with a
class that sorts before META-INF/, too. So does an Android package with a signing block."""
import zipfile

import slimtest
from java_support import compile_java, needs, run

needs("java", "javac", "jar", "jarsigner", "keytool")
READER = """package app;
import java.util.jar.*;
public class Reader {
  public static void main(String[] args) throws Exception {
    int signed = 0;
    JarInputStream stream = new JarInputStream(new java.io.FileInputStream(args[0]));
    for (JarEntry entry; (entry = stream.getNextJarEntry()) != null; ) {
      stream.readAllBytes();
      if (entry.getCertificates() != null) signed++;
    }
    System.out.println(signed);
  }
}
"""

with slimtest.workdir() as work:
    classes = compile_java(work, {"app/Reader.java": READER, "AAA/First.java": "package AAA; public class First {}"})
    (classes / ".DS_Store").write_text("\0\0\0\1Bud1\0\0")
    jar, out = work / "in.jar", work / "out.jar"
    run("jar", "cf", jar, "-C", classes, ".")
    run("keytool", "-genkeypair", "-keystore", work / "keys", "-storepass", "secret", "-alias", "me", "-keyalg", "RSA",
        "-dname", "CN=me")
    run("jarsigner", "-keystore", work / "keys", "-storepass", "secret", jar, "me")
    certificates = run("java", "-cp", classes, "app.Reader", jar)
    assert int(certificates) >= 3, certificates

    for wishes in ([], ["--drop", "AAA/**"], ["--drop", "META-INF/*.SF", "--level", "9"], ["--licenses", "collect"], ["--fast"]):
        result = slimtest.report(jar, "-o", out, *wishes)
        assert out.read_bytes() == jar.read_bytes(), wishes
        assert result["totals"]["container_after"] == jar.stat().st_size
        held = {file["path"]: file["holds"] for file in result["files"] if file.get("holds")}
        assert all("is signed (META-INF/ME.SF)" in hold["reason"] for holds in held.values() for hold in holds), held
        assert ".DS_Store" in held and ("AAA/First.class" in held) == (wishes[:2] == ["--drop", "AAA/**"]), held
        assert [finding["id"] for finding in result["findings"]] == ["sealed"], result["findings"]
    assert "jar verified" in run("jarsigner", "-verify", out)
    assert run("java", "-cp", classes, "app.Reader", out) == certificates

    # From a folder the jar is a new one; the signature files stand where Java looks for them.
    slimtest.slim(jar, "-o", f"{work}/unpacked/")
    slimtest.slim(work / "unpacked", "-o", work / "packed.jar")
    assert "jar verified" in run("jarsigner", "-verify", work / "packed.jar")
    assert run("java", "-cp", classes, "app.Reader", work / "packed.jar") == certificates

    # What signs an Android package lies between its entries and the directory.
    apk = work / "app.apk"
    with zipfile.ZipFile(apk, "w") as archive:
        archive.writestr("AndroidManifest.xml", "x" * 999)
        archive.writestr(".DS_Store", "\0\0\0\1Bud1\0\0")
    plain = apk.read_bytes()
    directory = plain.index(b"PK\x01\x02")
    block = (32).to_bytes(8, "little") + b"signature" + bytes(7) + (32).to_bytes(8, "little") + b"APK Sig Block 42"
    end = plain.index(b"PK\x05\x06")
    offset = (directory + len(block)).to_bytes(4, "little")
    apk.write_bytes(plain[:directory] + block + plain[directory:end + 16] + offset + plain[end + 20:])
    slimtest.slim(apk, "-o", work / "out.zip")
    assert (work / "out.zip").read_bytes() == apk.read_bytes()
