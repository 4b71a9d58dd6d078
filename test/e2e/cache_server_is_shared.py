#!/usr/bin/env python3
# labels: threads
"""What one machine made, another gets from a server over HTTP, and its output is the same: nginx, and bazel-remote if it is there."""
import contextlib
import pathlib
import shutil
import subprocess

import slimtest
from cache_server import free_port, machine, nginx, wait_until_it_listens
from cache_support import deflated, notes, run, values_in, write_package


@contextlib.contextmanager
def bazel_remote(work):
    port = free_port()
    program = shutil.which("bazel-remote")
    process = subprocess.Popen([program, "--dir", work / "bazel", "--max_size", "1", "--http_address", f"127.0.0.1:{port}",
                                "--grpc_address", "none"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_listens(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def check(work: pathlib.Path, address: str):
    package = write_package(work)
    out = work / "out.zip"
    slimtest.slim(package, "-o", out)
    plain = slimtest.sha256(out)

    first = run(package, out, machine(work, "first"), "--cache", address)
    assert slimtest.sha256(out) == plain and notes(first) == [], notes(first)
    use = first["cache"]
    facts = 1  # which no server is believed about
    assert use["from_server"] == 0 and use["sent"] == use["missed"] - facts > 10, use

    # Another machine deflates nothing, by the address in $SLIM_CACHE; and then has it all itself.
    second = machine(work, "second", SLIM_CACHE=address)
    assert deflated(package, out, second) == 0
    assert slimtest.sha256(out) == plain
    again = run(package, out, second)
    assert again["cache"] == {"from_folder": use["missed"], "missed": 0, "wrong": 0, "from_server": 0, "sent": 0}, again["cache"]
    third = run(package, out, machine(work, "third", SLIM_CACHE=address))
    assert slimtest.sha256(out) == plain and notes(third) == []
    assert third["cache"] == {"from_folder": 0, "missed": facts, "wrong": 0, "from_server": use["sent"], "sent": 0}, third["cache"]
    table = slimtest.slim(package, "-o", out, "--stats", env=machine(work, "fourth", SLIM_CACHE=address)).stdout
    assert f"cache: 0 from the folder, {use['sent']} from the server, 1 not there, 0 sent\n" in table, table

    # Without any folder, the server alone; a one-line change is made here and sent.
    alone = machine(work, "alone", SLIM_CACHE="off")
    assert run(package, out, alone, "--cache", address)["cache"]["from_server"] == use["sent"]
    assert slimtest.sha256(out) == plain and not (work / "machine-alone").exists()
    changed = write_package(work, "changed.zip", "def handler(event, context):\n    return 2\n")
    assert deflated(changed, out, machine(work, "fifth", SLIM_CACHE=address)) == 1
    assert deflated(changed, out, machine(work, "sixth", SLIM_CACHE=address)) == 0

    # The folder of $SLIM_CACHE stands in front of the server that --cache names; a slash at the end is no matter.
    slimtest.slim(package, "-o", out, "--cache", address + "/", env=machine(work, "seventh", SLIM_CACHE=str(work / "in-front")))
    assert len(values_in(work / "in-front")) == use["missed"]
    # A dry run and other outputs have no use for what deflates, and ask for nothing.
    slimtest.slim(package, "-o", work / "out.tar", "--cache", address, env=machine(work, "eighth"))
    slimtest.slim(package, "-n", "--cache", address, env=machine(work, "eighth"))


with slimtest.workdir() as work:
    with nginx(work) as (address, folder):
        check(work, address)
        # Bazel's layout, by names alone.
        kinds = {path.parent.name for path in folder.rglob("*") if path.is_file()}
        assert kinds == {"ac", "cas"}, kinds
        assert all(slimtest.sha256(path) == path.name for path in (folder / "cas").iterdir())

        # Eviction: the bytes are gone, what names them is not. They are made and sent again.
        package = work / "in.zip"
        for path in list((folder / "cas").iterdir())[::2]:
            path.unlink()
        holes = run(package, work / "out.zip", machine(work, "holes", SLIM_CACHE=address))["cache"]
        assert holes["from_server"] > 0 and holes["sent"] > 0, holes
        full = run(package, work / "out.zip", machine(work, "full", SLIM_CACHE=address))["cache"]
        assert full["sent"] == 0 and full["missed"] == 1, full

if shutil.which("bazel-remote"):
    with slimtest.workdir() as work, bazel_remote(work) as address:
        check(work, address)
else:
    slimtest.leave_out("a real bazel-remote, which is not installed")
