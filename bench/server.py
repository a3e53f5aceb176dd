"""gunicorn on loopback, for as long as it is measured."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Measured, measure

OPTIONS = "--workers 1 --threads 2 --keep-alive 30 --no-control-socket --log-level error".split()  # noqa: SIM905


@dataclass(frozen=True)
class Server:
    """A running server: its port, and its first process, whose child answers."""

    port: int
    pid: int

    def measure(self, path: str, seconds: float) -> Measured:
        """As a client sees it, and the CPU time that it costs here."""
        before = self._cpu()
        measured = measure(self.port, path, seconds=seconds)
        return measured.with_cpu(self._cpu() - before)

    def _cpu(self) -> float:
        """CPU seconds of the workers so far, as Linux counts them; 0 on other systems."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        pids = children.read_text().split() if children.exists() else []
        return sum(_ticks(pid) for pid in pids) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(application: str, port: int, root: Path, environment: dict[str, str]) -> Iterator[Server]:
    """One worker with two threads, ready to answer."""
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *OPTIONS]
    server = subprocess.Popen(command, cwd=root, env=environment)
    try:
        _wait(port)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"No server on port {port}.")


def _ticks(pid: str) -> int:
    """User and system time; the name before them, in brackets, may hold spaces."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
