"""A client that is quicker than nginx: it sends many requests at once, and reads as many answers of the same length."""

import socket
import time
from dataclasses import dataclass
from pathlib import Path

BATCH = 64  # requests in one piece


@dataclass(frozen=True)
class Load:
    """What one run gave: requests per second, and microseconds of the server's CPU for each."""

    per_second: float
    cpu: float


def load(port: int, path: str, worker: int, seconds: float = 1.0) -> Load:
    """Ask one connection for `path` as fast as it answers. `worker` is the process that does."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        length = _first_length(connection)
        count, before, start = 0, _nanoseconds(worker), time.perf_counter()
        connection.sendall(request * BATCH)
        while time.perf_counter() - start < seconds:
            connection.sendall(request * BATCH)  # before the last answers are read: the server never waits
            left = length * BATCH
            while left > 0:
                left -= len(connection.recv(min(left, 1 << 20)))
            count += BATCH
        took, spent = time.perf_counter() - start, _nanoseconds(worker) - before
    return Load(count / took, spent / count / 1000)


def _first_length(connection: socket.socket) -> int:
    """Of the whole first answer. All others are as long."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head = data.partition(b"\r\n\r\n")[0]
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.splitlines()[0].decode())
    body = next(
        int(line.split(b":")[1]) for line in head.splitlines() if line.lower().startswith(b"content-length")
    )
    length = len(head) + 4 + body
    while len(data) < length:
        data += connection.recv(65536)
    return length


def _nanoseconds(pid: int) -> int:
    """CPU time of a process with one thread, as Linux counts it; 0 on other systems."""
    file = Path(f"/proc/{pid}/schedstat")
    return int(file.read_text().split()[0]) if file.exists() else 0
