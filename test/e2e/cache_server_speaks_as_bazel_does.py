#!/usr/bin/env python3
# labels: registry
"""What is sent are blobs by their SHA-256 and ActionResults, as the protobuf library reads them; a server that takes nothing else is of use.

The rules are those that bazel-remote has unless it is told otherwise: /cas/ is checked against its hash; /ac/ must be an
ActionResult with a sound path and digest, gets the worker's name added, and is given out only while its blobs are there.
"""
import hashlib
import re
import sys

import slimtest
from cache_server import machine, server
from cache_support import notes, run, write_package

sys.path.insert(0, str(slimtest.pip_target("protobuf", ["protobuf"])))
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory  # noqa: E402

TEXT, NUMBER, BOOL, MESSAGE = 9, 3, 8, 11
MESSAGES = {  # build/bazel/remote/execution/v2/remote_execution.proto
    "Digest": [("hash", 1, TEXT, None), ("size_bytes", 2, NUMBER, None)],
    "OutputFile": [("path", 1, TEXT, None), ("digest", 2, MESSAGE, "Digest"), ("is_executable", 4, BOOL, None)],
    "Metadata": [("worker", 1, TEXT, None)],
    "ActionResult": [("output_files", 2, MESSAGE, "OutputFile"), ("exit_code", 4, 5, None),
                     ("execution_metadata", 9, MESSAGE, "Metadata")],
}


def action_result_class():
    file = descriptor_pb2.FileDescriptorProto(name="re.proto", package="re", syntax="proto3")
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, kind, of in fields:
            message.field.add(name=field, number=number, type=kind, label=3 if field == "output_files" else 1,
                              type_name=f".re.{of}" if of else None)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("re.ActionResult"))


ActionResult = action_result_class()
seen = []


def put(handler, body) -> bool:
    found = re.fullmatch(r"/(ac|cas)/([0-9a-f]{64})", handler.path)
    if found and found[1] == "cas" and hashlib.sha256(body).hexdigest() == found[2]:
        return False
    if found and found[1] == "ac":
        result = ActionResult.FromString(body)
        assert result.SerializeToString() == body, "something that the message doesn't have"
        files = list(result.output_files)
        assert len(files) == 1 and files[0].path and not files[0].path.startswith("/") and result.exit_code == 0
        digest = files[0].digest
        assert len(handler.server.stored[f"/cas/{digest.hash}"]) == digest.size_bytes > 0
        result.execution_metadata.worker = "127.0.0.1"
        handler.server.stored[handler.path] = result.SerializeToString()
        seen.append(found[2])
        handler.reply(200)
        return True
    handler.reply(400)
    return True


def answer(handler, stored) -> bool:
    body = stored.get(handler.path)
    if body is None or not handler.path.startswith("/ac/"):
        return False
    if all(f"/cas/{file.digest.hash}" in stored for file in ActionResult.FromString(body).output_files):
        return False
    handler.reply(404)
    return True


with slimtest.workdir() as work, server(answer, put) as remote:
    package = write_package(work)
    first = run(package, work / "out.zip", machine(work, "first", SLIM_CACHE=remote.address))
    assert notes(first) == [] and first["cache"]["sent"] == len(seen) > 10, (notes(first), first["cache"], len(seen))
    plain = slimtest.sha256(work / "out.zip")
    second = run(package, work / "out.zip", machine(work, "second", SLIM_CACHE=remote.address))
    assert second["cache"]["from_server"] == len(seen) and second["cache"]["missed"] == 1, second["cache"]
    assert slimtest.sha256(work / "out.zip") == plain
