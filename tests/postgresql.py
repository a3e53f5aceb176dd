"""A PostgreSQL cluster of the tests' own, on a free loopback port, gone when the tests are over."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@dataclass(frozen=True)
class Cluster:
    """A running cluster, and what can happen to it."""

    url: str
    folder: Path
    programs: Path
    options: str

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", self.options, "start")

    def stop(self) -> None:
        """End it at once, as a crash would."""
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def hang(self) -> None:
        """It takes connections and never answers."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End `hang`."""
        self._signal(signal.SIGCONT)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs. As root, it runs as the user postgres."""
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*prefix, str(self.programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder)

    def _signal(self, signal_: signal.Signals) -> None:
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in [main, *map(int, children)]:
            with suppress(ProcessLookupError):
                os.kill(process, signal_)


@contextmanager
def running_cluster(programs: Path) -> Iterator[Cluster]:
    """A fresh cluster with an empty database."""
    folder, port = Path(tempfile.mkdtemp(prefix="portal-pg-")), _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {OPTIONS}"
    cluster = Cluster(f"postgres://portal@127.0.0.1:{port}/portal", folder, programs, options)
    initdb = ["-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    cluster.run("initdb", "-D", str(cluster.data), *initdb)
    cluster.start()
    try:
        cluster.run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "portal", "portal")
        yield cluster
    finally:
        with suppress(subprocess.CalledProcessError):  # a test may have left it stopped
            cluster.go_on()
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """The DATABASE_URL of a fresh cluster."""
    with running_cluster(programs) as running:
        yield running.url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
