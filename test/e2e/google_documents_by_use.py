#!/usr/bin/env python3
"""--enable google-api-documents keeps the descriptions of the APIs that the code builds; a name that only the running code
knows, or no name at all, keeps them all."""
import slimtest

DOCUMENTS = {f"googleapiclient/discovery_cache/documents/{name}": "{}" for name in
             ("drive.v2.json", "drive.v3.json", "sheets.v4.json", "index.json")}
CLIENT = {"googleapiclient/__init__.py": "", "googleapiclient/discovery.py": "def build(serviceName, version):\n    build(serviceName, version)\n"}


def kept(code: str, *arguments) -> set:
    with slimtest.workdir() as work:
        package = slimtest.write_zip(work / "in.zip", {"app.py": code, **CLIENT, **DOCUMENTS})
        result = slimtest.report(package, *arguments)
        return {f["path"].rsplit("/", 1)[1] for f in result["files"] if "documents/" in f["path"] and f["action"] == "keep"}


every = {name.rsplit("/", 1)[1] for name in DOCUMENTS}
on = ("--enable", "google-api-documents")
drive = "from googleapiclient.discovery import build\nbuild('drive', 'v3')\n"
assert kept(drive) == every
assert kept(drive, *on) == {"drive.v2.json", "drive.v3.json", "index.json"}
assert kept("import googleapiclient.discovery as d\nd.build(serviceName='sheets', version='v4')\n", *on) == {"sheets.v4.json", "index.json"}
assert kept(drive + "import sys\nbuild(sys.argv[1], 'v1')\n", *on) == every
assert kept("import googleapiclient\n", *on) == every
