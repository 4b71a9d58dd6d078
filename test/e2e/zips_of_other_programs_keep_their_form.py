#!/usr/bin/env python3
"""Documents keep their first, stored mimetype, Office's and NuGet's packages their order; what is signed, and what Android
maps into memory, stays byte for byte."""
import zipfile

import slimtest

STORED, PACKED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
TEXT = "word " * 300


def write(path, entries: list):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text, method in entries:
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, method
            archive.writestr(info, text)
    return path


with slimtest.workdir() as work:
    out = work / "out.zip"

    def slimmed(entries: list) -> list:
        """Names and methods after slimming, which is the same again the second time."""
        slimtest.slim(write(work / "in.zip", entries), "-o", out)
        slimtest.slim(out, "-o", work / "again.zip")
        assert (work / "again.zip").read_bytes() == out.read_bytes()
        with zipfile.ZipFile(out) as archive:
            return [(info.filename, info.compress_type) for info in archive.infolist()]

    # EPUB, OpenDocument: the kind of document stands at byte 38. "A.xml" and "META-INF/" sort before it.
    kind = "application/epub+zip"
    document = [("mimetype", kind, STORED), ("META-INF/container.xml", TEXT, PACKED), ("A.xml", TEXT, STORED)]
    assert slimmed(document) == [("mimetype", STORED), ("META-INF/container.xml", PACKED), ("A.xml", PACKED)]
    assert out.read_bytes()[30:58] == b"mimetype" + kind.encode()
    # A long kind would get smaller, and stays as it is all the same. In another place it is a file like any other.
    assert slimmed([("mimetype", TEXT, STORED), ("A.xml", TEXT, PACKED)])[0] == ("mimetype", STORED)
    assert slimmed([("A.xml", TEXT, PACKED), ("mimetype", TEXT, STORED)]) == [("A.xml", PACKED), ("mimetype", PACKED)]

    # Office, NuGet: what file(1) looks for stays in front.
    parts = [("[Content_Types].xml", TEXT, PACKED), ("_rels/.rels", TEXT, PACKED), ("3D/model", TEXT, PACKED)]
    assert [name for name, _ in slimmed(parts)] == [name for name, *_ in parts]

    # An archive of Java whose manifest is written in other letters is one, as JarFile says.
    jar = [("META-INF/Manifest.mf", "Manifest-Version: 1.0\n\n", PACKED), ("dir/", "", STORED), ("dir/B.class", TEXT, PACKED)]
    assert [name for name, _ in slimmed(jar)] == [name for name, *_ in jar]

    sealed = {
        "epub": document + [("META-INF/signatures.xml", TEXT, PACKED)],
        "odt": document + [("META-INF/documentsignatures.xml", TEXT, PACKED)],
        "asice": document + [("META-INF/signature.p7s", TEXT, PACKED)],
        "docx": parts + [("_xmlsignatures/sig1.xml", TEXT, PACKED)],
        "nupkg": parts + [(".signature.p7s", TEXT, STORED)],
        "vsix": parts + [("package/services/digital-signature/xml-signature/a.psdsxs", TEXT, PACKED)],
        "msix": parts + [("AppxSignature.p7x", TEXT, PACKED)],
        "xpi": [("META-INF/manifest.mf", TEXT, PACKED), ("META-INF/mozilla.sf", TEXT, PACKED), ("a.js", TEXT, STORED)],
        "apk": [("AndroidManifest.xml", TEXT, PACKED), ("resources.arsc", TEXT, STORED), ("classes.dex", TEXT, PACKED)],
    }
    for ending, entries in sealed.items():
        package = write(work / f"in.{ending}", entries + [("x/.DS_Store", b"\0\0\0\1Bud1", STORED)])
        told = slimtest.report(package, "-o", out)
        assert out.read_bytes() == package.read_bytes(), ending
        assert all(action == "keep" for action, _ in slimtest.actions(told).values()), ending
