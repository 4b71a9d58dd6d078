"""The real Lambda runtime client (awslambdaric, PyPI) under the real emulator (aws-lambda-rie, inside aws-sam-cli's wheel).

invoke() starts the emulator on a port of its own, sends one event, and returns the answer and the time to it.
"""
import contextlib
import json
import os
import pathlib
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile

import slimtest


def emulator() -> pathlib.Path:
    """The emulator's path; unpacked from aws-sam-cli's wheel once."""
    target = slimtest.CORPUS / "aws-lambda-rie"
    if target.exists():
        return target
    slimtest.CORPUS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, "aws-sam-cli"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            print(done.stderr, flush=True)
            slimtest.skip(f"pip could not download aws-sam-cli: {done.stderr.strip().splitlines()[-1:]}")
        machine = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine()]
        with zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl"))) as wheel:
            part = target.with_suffix(f".{os.getpid()}")
            part.write_bytes(wheel.read(f"samcli/local/rapid/aws-lambda-rie-{machine}"))
    part.chmod(0o755)
    part.rename(target)
    return target


def runtime_client() -> pathlib.Path:
    return slimtest.pip_target("awslambdaric", ["awslambdaric"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def running(task: pathlib.Path, handler: str, opt: pathlib.Path | None, settings: dict | None = None):
    """The emulator with the function at `task`, and a layer's /opt at `opt`, as PYTHONPATH stands in for the bootstrap;
    `settings` are the function's own environment."""
    port, api = free_port(), free_port()
    path = [str(task)]
    if opt is not None:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        path += [str(opt / "python/lib" / version / "site-packages"), str(opt / "python")]
    path.append(str(runtime_client()))
    environment = {"PATH": os.environ["PATH"], "HOME": "/tmp", "PYTHONPATH": ":".join(path), "LAMBDA_TASK_ROOT": str(task),
                   "PYTHONDONTWRITEBYTECODE": "1", "AWS_LAMBDA_FUNCTION_TIMEOUT": "60", "AWS_DEFAULT_REGION": "eu-west-1",
                   "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y", **(settings or {})}
    process = subprocess.Popen(
        [emulator(), "--runtime-interface-emulator-address", f"127.0.0.1:{port}", "--runtime-api-address",
         f"127.0.0.1:{api}", sys.executable, "-m", "awslambdaric", handler],
        cwd=task, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not listens(port):
            assert time.monotonic() < deadline, "the emulator does not listen"
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def ask(port: int, event) -> tuple:
    """What the function under the emulator at `port` answers, and the seconds that it took."""
    url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
    start = time.monotonic()
    request = urllib.request.Request(url, json.dumps(event).encode())
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=90) as response:
        answer = json.loads(response.read())
    return answer, time.monotonic() - start


def invoke(task: pathlib.Path, handler: str, event: dict, opt: pathlib.Path | None = None) -> tuple[dict, float]:
    """The function's answer to one event, and the seconds from the request to the answer (a cold start)."""
    with running(task, handler, opt) as port:
        return ask(port, event)
