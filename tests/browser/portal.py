"""A portal as `make run` starts it: real strategy and sample data, behind gunicorn, in a folder of its own."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]
PREPARATIONS = [
    ["prepare_demo"],
    # An edition that was public once, and is withheld now.
    ["freeze_edition", "--slug", "zurueckgehalten", "--title", "Beispiel: zurückgehaltene Fassung"],
    ["publish_edition", "zurueckgehalten"],
    ["publish_edition", "beispiel-2"],
    ["withhold_edition", "zurueckgehalten", "--reason", "Beispiel: Eine Angabe wird rechtlich geprüft."],
]
ARGUMENTS = [  # of Chromium
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FONTS = ROOT / "var" / "assets" / "fonts"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()


@dataclass(frozen=True)
class Portal:
    """A running portal, and how to ask it without a browser."""

    url: str

    def get(self, address: str, **headers: str) -> Answer:
        return self._ask("GET", address, None, headers)

    def send_form(self, address: str, values: dict[str, str]) -> Answer:
        """What a browser does when the form of this address is sent."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}
        return self._ask("POST", address, urlencode(values), headers)

    def _ask(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


@contextmanager
def running(
    folder: Path, preparations: list[list[str]] = PREPARATIONS, *, workers: int = 1, threads: int = 2
) -> Iterator[Portal]:
    """A portal on a free port. The socket is opened here and handed over: no other program can take it."""
    if FONTS.is_dir():  # making them takes six seconds
        shutil.copytree(FONTS, folder / "assets" / "fonts")
    environment = _environment(folder)
    for command in preparations:
        _manage(command, environment)
    with gunicorn(folder, environment, workers=workers, threads=threads) as portal:
        yield portal


@contextmanager
def gunicorn(
    folder: Path, environment: dict[str, str], *, workers: int = 1, threads: int = 2
) -> Iterator[Portal]:
    """A server that is prepared, on a free port, with its log in the folder. Its public address is that port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        command = [sys.executable, "-m", "gunicorn", "herne_strategy.wsgi"]
        command += ["--workers", str(workers), "--threads", str(threads)]
        command += ["--bind", f"fd://{listening.fileno()}", "--no-control-socket", "--log-level", "warning"]
        with (folder / "gunicorn.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**environment, "PUBLIC_URL": url},
                stderr=log,
                pass_fds=[listening.fileno()],
            )
    try:
        yield Portal(url)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _environment(folder: Path) -> dict[str, str]:
    """The database is a SQLite file in the folder, whichever one the other tests use."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "DEMO": "1", "DATA_DIR": str(folder), "EMAIL_URL": "memory:"}


def _manage(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"manage.py {' '.join(command)}\n{done.stdout}\n{done.stderr}"
