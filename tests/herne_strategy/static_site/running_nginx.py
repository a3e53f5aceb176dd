"""nginx on loopback with the files of deploy/nginx/, as they are on a server."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.filling import DEPLOY, defaults, filled
from tests.herne_strategy.static_site.conftest import Site
from tests.programs import nginx

HOST = "127.0.0.1:8000"  # of the pages' PUBLIC_URL
MODULE = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"


@dataclass
class Answered:
    """What a client got."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Nginx:
    """A running nginx, and the ports at which it looks for application servers."""

    port: int
    applications: tuple[int, int]
    folder: Path
    is_tls: bool = False
    plain_port: int = 0

    def get(
        self, address: str, method: str = "GET", host: str = HOST, body: bytes | None = None, **headers: str
    ) -> Answered:
        """One request on a connection of its own. Underscores in names of headers are hyphens."""
        connection = self._connection()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, body=body, headers={"Host": host, **named})
        response = connection.getresponse()
        got = Answered(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return got

    def raw(self, sent: bytes) -> bytes:
        """What comes back for these bytes, to the end of the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(sent)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def written(self, text: str) -> str:
        """The whole log, once it holds this text: a line is written after its answer was sent."""
        for _ in range(100):
            log = (self.folder / "strategie.log").read_text()
            if text in log:
                return log
            time.sleep(0.02)
        raise AssertionError(f"{text} is not in the log.")

    def _connection(self) -> http.client.HTTPConnection:
        if not self.is_tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        trusting = ssl._create_unverified_context()
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=trusting)


@contextmanager
def running(site: Site, folder: Path, *, tls: bool = False, monitor: str = "") -> Iterator[Nginx]:
    """Skips the test where nginx is not there. As root it reads as root: the folders of tests are closed.

    `monitor` is the one network that may ask for the state of the portal, not even the machine itself.
    """
    program = nginx()
    if not program:
        pytest.skip(
            "nginx with its brotli module is not installed (apt-get install nginx libnginx-mod-http-brotli-static)."
        )
    ports, base = (free_port(), free_port()), free_base()
    write_configuration(site, folder, ports=ports, base=base, tls=tls, monitor=monitor)
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(ports[0])
        yield Nginx(ports[0], (base * 10 + 1, base * 10 + 2), folder, tls, ports[1])
    finally:
        process.terminate()
        process.wait(10)


def write_configuration(
    site: Site, folder: Path, *, ports: tuple[int, int], base: int, tls: bool, monitor: str
) -> None:
    """The files of deploy/nginx/ filled in, those of the headers, and a main file as Debian's."""
    values = {
        "SITE": str(site.root),
        "DATA": str(site.data),
        "NGINX": str(folder),
        "NGINX_LOG": str(folder),
        "PORTS": str(base),
        "LISTEN": f"127.0.0.1:{ports[0]}",
        "HOST": "127.0.0.1 localhost",
        "CERTIFICATE": str(folder / "certificate.pem"),
        "KEY": str(folder / "key.pem"),
    }
    for source in (DEPLOY / "nginx").glob("*.conf"):
        text = filled(source.read_text(), {**defaults(), **values})
        if tls:
            text = re.sub(r" +listen \[::\].*\n", "", text)  # not every machine that tests has IPv6
            text = text.replace("listen 443", f"listen 127.0.0.1:{ports[0]}")
            text = text.replace("listen 80", f"listen 127.0.0.1:{ports[1]}")
        if monitor:
            text = re.sub("allow [^;]+;", f"allow {monitor};", text)
        (folder / source.name).write_text(text)
    for name, text in site.headers.items():
        (folder / name).write_text(text)
    account = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = f"load_module {MODULE}; {account} daemon off; pid {folder}/pid; worker_processes 1; events {{}}"
    file = "tls.conf" if tls else "plain.conf"
    (folder / "nginx.conf").write_text(f"{main} http {{ {temporary} include {folder}/{file}; }}")
    if tls:
        make_certificate(folder)


def make_certificate(folder: Path) -> None:
    """For localhost, trusted by nobody."""
    made = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=localhost",
    ]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([shutil.which("openssl") or "openssl", *made, *files], check=True, capture_output=True)


@dataclass
class Upstream:
    """An application server that answers as it is told, and remembers what it was asked."""

    answer: Callable[[BaseHTTPRequestHandler], tuple[int, bytes]]
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def upstream(port: int, answer: Callable[[BaseHTTPRequestHandler], tuple[int, bytes]]) -> Iterator[Upstream]:
    """Serve on this port, in a thread."""
    told = Upstream(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.asked.append((self.command, self.path, dict(self.headers)))
            status, body = told.answer(self)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_HEAD = do_GET

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_base() -> int:
    """A number of which both ports of application servers are free."""
    return next(
        base for base in range(2100 + os.getpid() % 900, 3200) if all(is_free(base * 10 + n) for n in (1, 2))
    )


def is_free(port: int) -> bool:
    """Whether a server could listen there."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def wait_for(port: int) -> None:
    """Until somebody listens there."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"Nobody listens on port {port}.")
