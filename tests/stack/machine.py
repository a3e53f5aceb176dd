"""A stack that runs for tests, in a folder of its own, and what can happen to its processes."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import psycopg

from deploy.stack.layout import CHECKOUT, NAMES, Accounts, Layout
from deploy.stack.processes import STEP, Stack, answers, family, is_running, wait_for
from deploy.stack.programs import Programs

PYTHON = str(CHECKOUT / ".venv" / "bin" / "python")
OTHER_PAGES = [
    "/fassungen/plakat/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/druck/",
    "/robots.txt",
]

CUT_OFF = -1  # the status of an answer that ended too soon


@dataclass(frozen=True)
class Machine:
    """The stack in a folder."""

    layout: Layout

    @property
    def folder(self) -> Path:
        return self.layout.folder

    def server(self, number: int) -> str:
        """The address of an application server, past nginx."""
        return "http://{}:{}".format(*self.layout.address(number))

    def pid(self, name: str) -> int | None:
        """The process of this name, where one runs."""
        try:
            number = int((self.folder / f"{name}.pid").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return number if is_running(number) else None

    def kill(self, *names: str) -> None:
        """kill -9; systemd would start them anew, and the stack does."""
        for name in names:
            assert wait_for(
                lambda name=name: self.pid(name) is not None, 10
            )  # one that failed is started anew
            os.kill(self.pid(name), signal.SIGKILL)

    def kill_for_good(self, *names: str) -> None:
        """kill -9, and none of them comes back until `start`."""
        for name in names:
            (self.folder / f"{name}.stopped").touch()
        self.kill(*names)
        assert wait_for(lambda: not any(map(self.pid, names)), 10)

    def stop(self, *names: str) -> None:
        """End them as systemd would, until `start`."""
        for name in names:
            (self.folder / f"{name}.stopped").touch()
        assert wait_for(lambda: not any(map(self.pid, names)), 40)

    def start(self, *names: str) -> None:
        """Those that were killed for good run again."""
        for name in names or NAMES:
            (self.folder / f"{name}.stopped").unlink(missing_ok=True)
        assert wait_for(self.is_whole, 60), self.log()

    def is_whole(self) -> bool:
        """All run, and each answers."""
        everywhere = [
            f"{self.server(1)}/healthz/",
            f"{self.server(2)}/healthz/",
            f"{self.layout.url}/verwaltung/",
        ]
        return all(map(self.pid, NAMES)) and all(map(answers, everywhere)) and self.database_answers()

    def database_answers(self) -> bool:
        """PostgreSQL accepts connections."""
        try:
            self.query("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def hung(self, name: str) -> Iterator[None]:
        """A process with all its children that neither runs nor ends."""
        stopped = family(self.pid(name))
        for number in stopped:
            os.kill(number, signal.SIGSTOP)
        try:
            yield
        finally:
            for number in stopped:
                if is_running(number):
                    os.kill(number, signal.SIGCONT)

    def manage(self, *arguments: str) -> str:
        """What a command of the portal says. It has to go well."""
        step = Stack(self.layout, Programs.found(), Accounts.of(self.folder)).manage(*arguments)
        done = subprocess.run(
            step.command, cwd=CHECKOUT, env=dict(step.environment), capture_output=True, text=True
        )
        assert done.returncode == 0, (step.name == STEP, done.stdout, done.stderr)
        return done.stdout

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, asked by PostgreSQL's superuser."""
        url = self.layout.database_url("postgres", self.layout.secrets.superuser)
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute(statement.encode()).fetchall()

    def status(self, address: str, origin: str = "") -> int:
        """How an address answers a reader, through nginx if nothing else is said; 0 for not at all, CUT_OFF in part."""
        return self.read(address, origin)[0]

    def read(self, address: str, origin: str = "") -> tuple[int, bytes]:
        """Status and body."""
        connection = HTTPConnection(urlsplit(origin or self.layout.url).netloc, timeout=60)
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            return response.status, response.read()
        except IncompleteRead:
            return CUT_OFF, b""
        except (OSError, HTTPException):
            return 0, b""
        finally:
            connection.close()

    def statuses(self, addresses: list[str]) -> dict[str, int]:
        """What does not answer 200, by its address."""
        with ThreadPoolExecutor(8) as pool:
            found = zip(addresses, pool.map(self.status, addresses), strict=True)
            return {address: status for address, status in found if status != 200}

    def addresses(self) -> list[str]:
        """All of the sitemap, and a page of each kind that is not in it."""
        sitemap = ElementTree.fromstring(self.read("/sitemap.xml")[1])
        listed = [urlsplit(each.text or "").path for each in sitemap.iter() if each.tag.endswith("loc")]
        return [*listed, *OTHER_PAGES, "/sitemap.xml"]

    def log(self) -> str:
        """The ends of all logs."""
        return "\n".join(
            f"{path.name}: {path.read_text(errors='replace')[-800:]}" for path in self.folder.glob("log/*")
        )


@contextmanager
def running(*arguments: str) -> Iterator[Machine]:
    """A stack on free ports, as `make stack` starts it; ended with all that belongs to it."""
    folder = Path(tempfile.mkdtemp(prefix="portal-stack-"))
    folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {**plain, "STACK_DIR": str(folder), "PORT": str(port)}
    command = [PYTHON, "-m", "deploy.stack"]
    said = folder / "said"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [*command, "run", *arguments],
            cwd=CHECKOUT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for_greeting(process, said)
        yield Machine(Layout.read(folder))
    finally:
        subprocess.run([*command, "stop"], cwd=CHECKOUT, env=environment, capture_output=True)
        process.wait(30)
        shutil.rmtree(folder)


def _wait_for_greeting(process: subprocess.Popen, said: Path) -> None:
    until = time.monotonic() + 240
    while "Ende:" not in said.read_text():
        assert process.poll() is None, said.read_text()
        assert time.monotonic() < until, said.read_text()
        time.sleep(0.2)
