"""A small HTTP client that keeps connections open and times each answer. For loopback only."""

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace


@dataclass(frozen=True)
class Measured:
    """What one run of requests gave."""

    per_second: float
    p50: float  # milliseconds
    p99: float
    requests: float
    cpu: float = 0  # milliseconds of the server for a request, where they are known

    def with_cpu(self, seconds: float) -> "Measured":
        """The same, with what all its requests together cost the server."""
        return replace(self, cpu=seconds / self.requests * 1000)

    @classmethod
    def median(cls, runs: Sequence["Measured"]) -> "Measured":
        """Each figure's median over some runs."""
        return cls(*(statistics.median(figures) for figures in zip(*map(astuple, runs), strict=True)))

    def __str__(self) -> str:
        return f"{self.per_second:,.0f} | {self.p50:.1f} | {self.p99:.1f}"


def measure(port: int, path: str, *, seconds: float = 3.0, connections: int = 4) -> Measured:
    """Ask for `path` again and again on so many connections, for so long."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    threads = [threading.Thread(target=_ask, args=(port, path, end, times)) for _ in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    cuts = statistics.quantiles(times, n=100)
    return Measured(len(times) / took, cuts[49] * 1000, cuts[98] * 1000, len(times))


def _ask(port: int, path: str, end: float, times: list[float]) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while time.perf_counter() < end:
            start = time.perf_counter()
            connection.sendall(request)
            _read_answer(connection)
            times.append(time.perf_counter() - start)


def _read_answer(connection: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _separator, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.split(b"\r\n")[0].decode())
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    left = length - len(body)
    while left > 0:
        left -= len(_some(connection))


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise RuntimeError("The server closed the connection.")
    return data
