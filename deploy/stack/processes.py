"""The processes of a stack: what each runs, as whom, and when it is ready."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from deploy.stack.layout import CHECKOUT, Accounts, Layout, as_account
from deploy.stack.programs import Programs
from deploy.units import Unit

PLAIN = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"}  # nothing of who calls
STEP = "preparing"  # the name of what runs once: of its log, and its file with a process number


@dataclass(frozen=True)
class Process:
    """A program that runs until it is ended, or a step that runs once."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    is_ready: Callable[[], bool] = lambda: True
    ends_by: signal.Signals = signal.SIGTERM
    restart_after: float = 1  # seconds
    gives_up_at: int = -1  # the exit status after which another start would not help


@dataclass(frozen=True)
class Stack:
    """All processes of a layout on this machine."""

    layout: Layout
    programs: Programs
    accounts: Accounts

    def postgres(self) -> Process:
        """The cluster's server, on loopback alone."""
        ready = [str(self.programs.postgresql / "pg_isready"), "-q", "-h", "127.0.0.1", "-p"]
        port = str(self.layout.ports.database)
        server = [str(self.programs.postgresql / "postgres"), "-D", str(self.layout.database), "-p", port]
        return Process(
            "postgres",
            as_account(self.accounts.database, [*server, "-k", "", "-c", "listen_addresses=127.0.0.1"]),
            PLAIN,
            is_ready=lambda: subprocess.run([*ready, port], check=False).returncode == 0,  # noqa: S603
            ends_by=signal.SIGINT,
        )

    def server(self, number: int) -> Process:
        """An application server, as its unit starts it."""
        unit = Unit.read(self.layout.deploy(number) / "systemd" / "strategie-server@.service", str(number))
        host, port = self.layout.address(number)
        return self._of_unit(
            f"app-{number}", unit, is_ready=lambda: answers(f"http://{host}:{port}/healthz/")
        )

    def writer(self) -> Process:
        """What writes the published pages as files, as its unit starts it."""
        unit = Unit.read(self.layout.deploy(1) / "systemd" / "strategie-schreiber.service")
        return self._of_unit("writer", unit, is_ready=(self.layout.site / "last").exists)

    def nginx(self) -> Process:
        """The web server in front."""
        return Process(
            "nginx",
            [self.programs.nginx, "-e", "stderr", "-c", str(self.layout.folder / "nginx" / "nginx.conf")],
            PLAIN,
            is_ready=lambda: answers(f"{self.layout.url}/"),
        )

    def all(self) -> list[Process]:
        """In the order in which they start."""
        return [self.postgres(), self.server(1), self.server(2), self.writer(), self.nginx()]

    def manage(self, *arguments: str, as_portal: bool = True, **environment: str) -> Process:
        """A command of the portal on the data of application server 1, as its account or as who started us."""
        unit = Unit.read(self.layout.deploy(1) / "systemd" / "strategie-server@.service", "1")
        command = [str(CHECKOUT / ".venv" / "bin" / "python"), "manage.py", *arguments]
        return Process(
            STEP,
            self.accounts.as_portal(command) if as_portal else command,
            {**PLAIN, **unit.environment(), **environment},
        )

    def _of_unit(self, name: str, unit: Unit, is_ready: Callable[[], bool]) -> Process:
        (command,) = unit.commands()
        return Process(
            name,
            self.accounts.as_portal(command),
            {**PLAIN, **unit.environment()},
            is_ready,
            restart_after=float(unit.value("RestartSec")),
            gives_up_at=int(unit.value("RestartPreventExitStatus", "-1")),
        )


def answers(url: str) -> bool:
    """Whether a server answers there, and not with an error of its own."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def wait_for(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether it holds within so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def is_running(pid: int) -> bool:
    """Whether this process lives; one that only waits to be asked how it ended does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def started_at(pid: int) -> float:
    """When this process started, as a time of the clock."""
    ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
    return int(boot.split()[1]) + ticks / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all below it."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += below.get(each, [])
    return found
