"""gunicorn on loopback, for as long as it is measured."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = "--workers 1 --threads 2 --keep-alive 30 --no-control-socket --log-level error".split()  # noqa: SIM905


@contextmanager
def serving(application: str, port: int, root: Path, environment: dict[str, str]) -> Iterator[None]:
    """One worker with two threads, ready to answer."""
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *OPTIONS]
    server = subprocess.Popen(command, cwd=root, env=environment)
    try:
        _wait(port)
        yield
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
