"""Two PostgreSQL servers, of which the second takes over: what the portal does meanwhile, and which one it finds."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.backups.postgresql import parameters
from herne_strategy import environment
from tests import programs
from tests.deploy.databases import ROOT
from tests.deploy.servers import HOST, Server, free_port, get, in_release
from tests.postgresql import OPTIONS

FIRST, SECOND = "127.0.0.1", "127.0.0.2"
CONTENT = (
    ("build_assets",),
    ("migrate", "--verbosity=0"),
    ("collectstatic", "--noinput", "--verbosity=0"),
    ("load_pages",),
    ("load_strategy", "fixtures/herne.yaml"),
    ("freeze_edition",),
    ("publish_edition", "plakat"),
)


@pytest.mark.once
@pytest.mark.parametrize(
    ("hosts", "host", "port"),
    [
        ("db1.example.de,db2.example.de", "db1.example.de,db2.example.de", ""),
        ("db1.example.de,db2.example.de:5433", "db1.example.de,db2.example.de", "5433"),
        ("%2Fvar%2Frun%2Fpostgresql", "/var/run/postgresql", ""),
    ],
)
def test_portal_and_backup_understand_the_same_address(hosts: str, host: str, port: str, monkeypatch):
    url = f"postgres://strategie:a%40b@{hosts}/strategie?target_session_attrs=read-write&sslmode=verify-full"
    monkeypatch.setenv("DATABASE_URL", url)

    portal, backup = environment.database("DATABASE_URL", ""), parameters(url)

    assert environment.is_database(portal)
    assert (portal["HOST"], str(portal["PORT"])) == (host, port) == (backup["host"], backup.get("port", ""))
    assert portal["PASSWORD"] == backup["password"] == "a@b"
    assert portal["OPTIONS"] == {"target_session_attrs": "read-write", "sslmode": "verify-full"}
    assert backup["target_session_attrs"] == "read-write"


class Node:
    """A PostgreSQL server on an address of its own."""

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.data, self.host, self.port = folder / host, host, port
        self.bin = programs.postgresql_bin() or Path()
        self.log = folder / f"{host}.log"

    def run(self, program: str, *arguments: str) -> None:
        """As root, as the user postgres."""
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*prefix, str(self.bin / program), *arguments],
            cwd=self.log.parent,
            check=True,
            capture_output=True,
        )

    def ctl(self, *arguments: str) -> None:
        """pg_ctl, which waits."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.log), *arguments)

    def start(self) -> None:
        """It listens on its address alone."""
        options = f"-p {self.port} -c listen_addresses={self.host} -c unix_socket_directories='' {OPTIONS}"
        self.ctl("-o", options, "start")

    def stop(self) -> None:
        """At once, as when the power fails."""
        if (self.data / "postmaster.pid").exists():
            self.ctl("-m", "immediate", "stop")


@contextmanager
def two_nodes() -> Iterator[tuple[Node, Node, str]]:
    """The second is a replica of the first; the address names both."""
    folder, port = Path(tempfile.mkdtemp(prefix="portal-pg-")), free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    first, second = Node(folder, FIRST, port), Node(folder, SECOND, port)
    try:
        options = ["-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        first.run("initdb", "-D", str(first.data), *options)
        first.start()
        first.run("createdb", "-h", FIRST, "-p", str(port), "-U", "portal", "portal")
        first.run("pg_basebackup", "-h", FIRST, "-p", str(port), "-U", "portal", "-D", str(second.data), "-R")
        second.start()
        yield (
            first,
            second,
            f"postgres://portal@{FIRST},{SECOND}:{port}/portal?target_session_attrs=read-write",
        )
    finally:
        for node in (first, second):
            node.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def nodes() -> Iterator[tuple[Node, Node, str]]:
    """Left out where one of the two addresses, or the server, is not here."""
    if not programs.postgresql_bin():
        pytest.skip("PostgreSQL's server is not here.")
    try:
        socket.create_server((SECOND, 0)).close()
    except OSError:
        pytest.skip(f"This machine has no address {SECOND}.")
    with two_nodes() as nodes:
        yield nodes


@pytest.mark.slow
def test_portal_stays_readable_and_finds_the_replica_that_took_over(
    nodes: tuple[Node, Node, str], tmp_path: Path
):
    first, second, url = nodes
    environment = {"DATABASE_URL": url, "DATA_DIR": str(tmp_path)}
    for command in CONTENT:
        in_release(ROOT, *command, **environment)
    server = Server(free_port(), tmp_path / "log")
    server.start(ROOT, **environment)
    try:
        page = get(server.port, "/")
        assert page[0] == 200

        first.stop()
        assert [get(server.port, "/") for _ in range(20)] == [page] * 20
        assert within(10, lambda: get(server.port, "/bereit/")[0] == 503)
        status, sentence = get(server.port, "/verwaltung/login/")
        assert (status, "Datenbank" in sentence) == (503, True)

        second.ctl("promote")
        assert within(10, lambda: get(server.port, "/bereit/")[0] == 200)
        in_release(ROOT, "publish_edition", "plakat", **environment)
        assert get(server.port, "/verwaltung/konto/login/")[0] == 200
        assert HOST in get(server.port, "/sitemap.xml")[1]
    finally:
        server.stop()


def within(seconds: int, is_so: Callable[[], bool]) -> bool:
    """Whether something becomes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.1)
    return False
