"""Two application servers of one release behind nginx, as in production, and readers who count what goes wrong."""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import programs
from tests.deploy.databases import run

HOST = "strategie.example.de"
PRODUCTION = {
    "DEMO": "0",
    "SECRET_KEY": "x7Kq2" * 12,
    "SECOND_FACTOR_KEYS": "x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Q=",
    "ALLOWED_HOSTS": HOST,
    "PUBLIC_URL": f"https://{HOST}",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "portal@example.de",
    "BARRIER_MAIL_TO": "barriere@example.de",
    "BEHIND_PROXY": "1",
}
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn; worker_processes 1;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream strategie {{
    server 127.0.0.1:{one} max_fails=3 fail_timeout=5s;
    server 127.0.0.1:{two} max_fails=3 fail_timeout=5s;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://strategie; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
      proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
}}
"""


class Server:
    """An application server, started anew with whatever release and database it is told."""

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, release: Path, **environment: str) -> None:
        """Returns once it answers."""
        gunicorn = [sys.executable, "-m", "gunicorn", "herne_strategy.wsgi", f"--bind=127.0.0.1:{self.port}"]
        options = ["--workers=1", "--threads=8", "--no-control-socket", "--log-level=warning"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*gunicorn, *options], cwd=release, env={**_clean(), **PRODUCTION, **environment}, stderr=log
            )
        for _ in range(300):
            try:
                if get(self.port, "/healthz/")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def stop(self) -> None:
        """As systemd does: it answers what it has begun."""
        if self.process:
            self.process.terminate()
            self.process.wait(60)
        self.process = None


def _clean() -> dict[str, str]:
    """Nothing of the tests' own settings."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def in_release(release: Path, *command: str, **environment: str) -> str:
    """A management command of a release."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=release,
        env={**_clean(), **PRODUCTION, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def get(port: int, address: str) -> tuple[int, str]:
    """Status and body of a page, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def free_port() -> int:
    """Nobody listens there now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def proxied(folder: Path) -> Iterator[tuple[int, list[Server]]]:
    """nginx's port, and the two servers behind it, not started yet."""
    port, *ports = (free_port() for _ in range(3))
    servers = [Server(each, folder / f"app-{number}.log") for number, each in enumerate(ports, 1)]
    conf = folder / "nginx.conf"
    conf.write_text(NGINX.format(folder=folder, port=port, one=ports[0], two=ports[1]))
    nginx = subprocess.Popen(
        [str(programs.nginx()), "-p", str(folder), "-e", str(folder / "nginx.log"), "-c", str(conf)]
    )
    try:
        yield port, servers
    finally:
        for server in servers:
            server.stop()
        nginx.terminate()
        nginx.wait(30)


class Readers:
    """Threads that read all addresses again and again, and what they did not get, in so many words."""

    def __init__(self, port: int, addresses: list[str], number: int = 3) -> None:
        self.port, self.addresses = port, addresses
        self.wrong: list[str] = []
        self.read = 0
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[each]) for each in range(number)]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, first: int) -> None:
        position = first * len(self.addresses) // len(self._threads)
        while not self._over.is_set():
            address = self.addresses[position % len(self.addresses)]
            position += 1
            try:
                status, _ = get(self.port, address)
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(f"{address}: {error!r}")
            else:
                if status != 200:
                    self.wrong.append(f"{address}: {status} at {time.strftime('%X')}")
            self.read += 1


def addresses_of(port: int) -> list[str]:
    """All that the sitemap names, and a filtered list, which is asked of the database each time."""
    _, sitemap = get(port, "/sitemap.xml")
    found = re.findall(rf"<loc>https://{HOST}(/[^<]*)</loc>", sitemap)
    assert len(found) > 30
    return [*found, "/massnahmen/?laufzeit=2027"]


def release_of(commit: str, folder: Path) -> Path:
    """The files of an earlier commit."""
    folder.mkdir()
    run("sh", "-c", f"git archive {commit} | tar x -C {folder}")
    return folder
