"""A city's directory for the tests: a real OpenID Connect provider in a process of its own, on this machine."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

UNEXPECTED = "Das Verzeichnis hat nicht wie erwartet geantwortet"  # what a portal says to a wrong answer


@dataclass(frozen=True)
class Directory:
    """The provider; whom it knows is told by `know`."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What a portal that uses it is told."""
        return {
            "OIDC_NAME": "Stadtverzeichnis",
            "OIDC_URL": self.url,
            "OIDC_CLIENT_ID": "portal",
            "OIDC_CLIENT_SECRET": "geheim",
        }

    def know(self, sub: str, **claims: Any) -> None:
        """From now on the directory says this about the person."""
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=10).raise_for_status()


@contextmanager
def running_directory(folder: Path) -> Iterator[Directory]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "directory.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    directory = Directory(f"http://localhost:{port}")
    try:
        _wait(directory, process)
        yield directory
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(directory: Directory, process: subprocess.Popen) -> None:
    for _try in range(150):
        try:
            requests.get(directory.url, timeout=1)
            return
        except requests.RequestException:
            assert process.poll() is None, "The directory did not start; see directory.log."
            time.sleep(0.2)
    raise AssertionError("The directory did not start within half a minute.")
