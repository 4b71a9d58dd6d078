"""Functions with their events (test/handlers): each is installed, slimmed in some ways, and asked the same under Lambda's own
runtime client and emulator. Its AWS is moto's server, which speaks the real protocols, so that botocore makes and reads real
requests; each package gets one of its own, which has seen nothing yet."""
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

import lambda_runtime
import slimtest

HANDLERS = slimtest.SOURCE / "test/handlers"


def installed(name: str, work: pathlib.Path) -> pathlib.Path:
    """A folder of its own with what the function `name` needs, and its app.py."""
    requirements = (HANDLERS / name / "requirements.txt").read_text().split()
    # The six packages are installed once for all tests.
    target = slimtest.pip_target("six" if name == "six" else f"handler-{name}", requirements)
    folder = work / name
    shutil.copytree(target, folder, symlinks=True)
    shutil.copy(HANDLERS / name / "app.py", folder)
    return folder


def events_of(name: str) -> list:
    return json.loads((HANDLERS / name / "events.json").read_text())


@contextlib.contextmanager
def aws():
    """The address of an AWS without anything in it."""
    server = slimtest.pip_target("moto-server", ["moto[server]"])
    port = lambda_runtime.free_port()
    process = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, cwd=server, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(server), "HOME": "/tmp"})
    try:
        deadline = time.monotonic() + 60
        while not lambda_runtime.listens(port):
            assert process.poll() is None and time.monotonic() < deadline, "moto's server does not listen"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def forget(address: str) -> None:
    """The AWS at `address` is empty again."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(urllib.request.Request(address + "/moto-api/reset", b"")) as reply:
        assert reply.status == 200


def asked(port: int, event) -> tuple:
    """The answer and its seconds; a function that does not start answers with the emulator's status."""
    try:
        return lambda_runtime.ask(port, event)
    except urllib.error.HTTPError as error:
        return {"errorType": f"HTTP {error.code}"}, 0.0


def answers(folder: pathlib.Path, events: list, address: str) -> tuple[list, float]:
    """What the function in `folder` answers to each event, and the seconds to the first answer: a cold start."""
    forget(address)
    with lambda_runtime.running(folder, "app.handler", None, {"AWS_ENDPOINT_URL": address}) as port:
        found = [asked(port, event) for event in events]
    return [answer for answer, _ in found], found[0][1]


def failed(answer) -> bool:
    return isinstance(answer, dict) and "errorType" in answer


def check(name: str, ways: dict) -> None:
    """In each way of slimming (name -> flags) every event is answered as before."""
    events = events_of(name)
    with slimtest.workdir() as work, aws() as address:
        package = installed(name, work)
        before, _ = answers(package, events, address)
        broken = [answer for answer in before if failed(answer)]
        assert not broken, f"{name} does not work before slimming: {json.dumps(broken[0])[:1500]}"
        for way, flags in ways.items():
            slimtest.slim(package, "-o", work / f"{way}.zip", *flags)
            folder = slimtest.unzip(work / f"{way}.zip", work / f"1-{way}")
            after, _ = answers(folder, events, address)
            for event, was, now in zip(events, before, after, strict=True):
                assert was == now, f"{name}, {way}: {json.dumps(event)[:300]} was answered {json.dumps(was)[:600]}, and is {json.dumps(now)[:1500]}"
            print(f"{name}, {way}: {len(events)} events are answered as before", flush=True)
            shutil.rmtree(folder)
