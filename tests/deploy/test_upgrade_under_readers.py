"""From an earlier commit to this program and back, as docs/betrieb/aktualisieren.md says, while readers read."""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import postgresql, programs
from tests.deploy.databases import ROOT, Roles, run, run_roles
from tests.deploy.servers import (
    PRODUCTION,
    Readers,
    Server,
    addresses_of,
    get,
    in_release,
    proxied,
    release_of,
)

EARLIER = "efb0844"
FIRST_CONTENT = (
    ("build_assets",),
    ("migrate", "--verbosity=0"),
    ("collectstatic", "--noinput", "--verbosity=0"),
    ("load_pages",),
    ("create_roles",),
    ("load_strategy", "fixtures/herne.yaml"),
    ("freeze_edition",),
    ("publish_edition", "plakat"),
    ("load_sample",),
)
FORGIVEN = 6  # seconds after which nginx asks a server again that was away

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the earlier commit, where the checkout has its history."""
    known = subprocess.run(["git", "cat-file", "-e", f"{EARLIER}^{{commit}}"], cwd=ROOT, capture_output=True)
    if known.returncode:
        pytest.skip(f"The history of this checkout does not reach back to {EARLIER}: git fetch --unshallow.")
    if not programs.postgresql_bin() or not programs.nginx():
        pytest.skip("PostgreSQL's server or nginx is not here.")
    return release_of(EARLIER, tmp_path_factory.mktemp("release") / EARLIER)


@contextmanager
def one_who_writes(url: str) -> Iterator[list[int]]:
    """Staff that writes slowly and without a pause; what of it was acknowledged. It ends when it is refused."""
    acknowledged: list[int] = []

    def write() -> None:
        with psycopg.connect(url) as connection:
            while True:
                number = len(acknowledged) + 1
                try:
                    connection.execute("UPDATE strategy_strategy SET subtitle = %s", [f"Stand {number}"])
                except psycopg.errors.InsufficientPrivilege:
                    return
                time.sleep(0.3)
                connection.commit()
                acknowledged.append(number)

    thread = threading.Thread(target=write)
    thread.start()
    yield acknowledged
    thread.join(30)
    assert not thread.is_alive()


def start_anew(servers: list[Server], release: Path, **environment: str) -> None:
    """One after the other."""
    for server in servers:
        server.stop()
        server.start(release, **environment)
        time.sleep(FORGIVEN)


def subtitle(url: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT subtitle FROM strategy_strategy").fetchone()[0]


def test_upgrade_and_rollback_refuse_no_reader(earlier: Path, tmp_path: Path):
    with postgresql.cluster(programs.postgresql_bin()) as superuser, proxied(tmp_path) as (port, servers):
        made = Roles("strategie", superuser)
        environment = {"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": made.url()}
        prepare(made, earlier, environment)
        for server in servers:
            server.start(earlier, **environment)

        with Readers(port, addresses_of(port)) as readers:
            time.sleep(2)
            with one_who_writes(made.url()) as acknowledged:
                run_roles(made)
                backup = upgrade(made, tmp_path)
            new = {**environment, "DATABASE_URL": made.url(database="strategie_2")}
            start_anew(servers, ROOT, **new)
            version = get(port, "/healthz/")[1]
            in_release(ROOT, "check", "--deploy", "--database", "default", "--fail-level", "WARNING", **new)
            while_new = readers.read
            in_release(earlier, "collectstatic", "--noinput", "--verbosity=0", **environment)
            writes(made, "on")
            start_anew(servers, earlier, **environment)

        assert readers.wrong == []
        assert readers.read > while_new > 1000
        assert version != get(port, "/healthz/")[1]
        assert len(acknowledged) > 2
        assert subtitle(new["DATABASE_URL"]) == subtitle(made.url()) == f"Stand {acknowledged[-1]}"
        assert backup.exists()


def prepare(made: Roles, earlier: Path, environment: dict[str, str]) -> None:
    """The portal as the earlier program had it: one role, that owned all."""
    with psycopg.connect(made.superuser, autocommit=True) as server:
        server.execute("CREATE ROLE strategie LOGIN")
        server.execute("CREATE DATABASE strategie OWNER strategie")
    for command in FIRST_CONTENT:
        in_release(earlier, *command, **environment)


def upgrade(made: Roles, folder: Path) -> Path:
    """What the operator does while the earlier program runs: stop writers, back up, restore under another name."""
    (folder / "backups").mkdir()
    environment = {
        **PRODUCTION,
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": made.url(),
        "DATABASE_OWNER_URL": made.url("owner"),
        "DATABASE_BACKUP_URL": made.url("backup"),
        "BACKUP_DIR": str(folder / "backups"),
    }
    for command in ("build_assets", "collectstatic --noinput --verbosity=0"):
        in_release(ROOT, *command.split(), **environment)
    writes(made, "off")
    run("deploy/backup", **environment)
    (backup,) = (folder / "backups").glob("*.tar.gz")
    said = run("deploy/restore", "--as", "strategie_2", str(backup), **environment)
    assert "Die neue Datenbank strategie_2 hat den Stand von " in said
    return backup


def writes(made: Roles, word: str) -> None:
    """Lets the application write to the earlier database, or not."""
    options = ["--quiet", "--set=app=strategie", f"--set=writes={word}"]
    run("psql", *options, "--file=deploy/postgresql/writes.sql", made.url("owner"))
