"""Cache servers for the tests: nginx as anybody would set it up, and one that misbehaves as it is told.

A test runs slim with a cache folder of its own in place of the user's: machine(work, name) is the environment of a
machine that has none yet.
"""
import contextlib
import http.server
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time

import slimtest

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def machine(work, name: str, **more) -> dict:
    """The environment of a machine with an empty cache folder, which speaks to 127.0.0.1 itself."""
    place = pathlib.Path(work) / f"machine-{name}"
    return {"SLIM_CACHE": "", "XDG_CACHE_HOME": str(place), "no_proxy": "127.0.0.1", "http_proxy": "", "HTTP_PROXY": "",
            "all_proxy": "", "ALL_PROXY": "", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_listens(process: subprocess.Popen, port: int) -> None:
    """Or until the process has ended, or half a minute has gone by."""
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)


@contextlib.contextmanager
def nginx(work, extra: str = ""):
    """An nginx with WebDAV, as for any cache over HTTP; gives (address, folder). `extra` goes into its location."""
    if NGINX is None:
        slimtest.skip("nginx is not installed")
    home = pathlib.Path(work) / "nginx"
    root = home / "root"
    (root / "cache").mkdir(parents=True)
    port = free_port()
    (home / "nginx.conf").write_text(f"""
worker_processes 2;
daemon off;
pid {home}/pid;
error_log {home}/error.log;
{"user root;" if os.geteuid() == 0 else ""}
events {{ worker_connections 256; }}
http {{
  access_log {home}/access.log;
  client_body_temp_path {home}/bodies;
  proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi; uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  client_max_body_size 1g;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    location /cache/ {{
      dav_methods PUT;
      create_full_put_path on;
      {extra}
    }}
  }}
}}
""")
    process = subprocess.Popen([NGINX, "-c", home / "nginx.conf", "-e", home / "error.log"], stderr=subprocess.PIPE, text=True)
    try:
        wait_until_it_listens(process, port)
        assert process.poll() is None, process.stderr.read()
        yield f"http://127.0.0.1:{port}/cache", root / "cache"
    finally:
        process.terminate()
        process.wait()


class Server(http.server.ThreadingHTTPServer):
    """Keeps what is PUT; answer(handler, stored) may say something else to a GET by returning True."""
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answer=None, put=None, tls=None):
        self.stored, self.requests = {}, []
        self.answer, self.put = answer, put
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.server_port}"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # slim hangs up on nonsense


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status: int, body: bytes = b"", **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.requests.append(("GET", self.path, dict(self.headers)))
        if self.server.answer and self.server.answer(self, self.server.stored):
            return
        body = self.server.stored.get(self.path)
        self.reply(404) if body is None else self.reply(200, body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(("PUT", self.path, dict(self.headers)))
        if self.server.put and self.server.put(self, body):
            return
        self.server.stored[self.path] = body
        self.reply(201)


@contextlib.contextmanager
def server(answer=None, put=None, tls=None):
    one = Server(answer, put, tls)
    try:
        yield one
    finally:
        one.shutdown()
        one.server_close()
