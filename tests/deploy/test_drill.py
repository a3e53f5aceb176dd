"""The drill: back up while people write, destroy the database, restore. All that was there at that moment is."""

import json
import lzma
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import postgresql, programs
from tests.deploy.databases import ROOT, manage, require_age, roles, run
from tests.strategy.own_database import report_of
from tests.upgrade.kept import FOLDER

DAY = "2026-11-30"
EVERY_PAGE = 10_000


@pytest.mark.once
def test_drill_on_sqlite(tmp_path: Path):
    database = tmp_path / "data" / "portal.sqlite3"
    database.parent.mkdir()
    database.write_bytes(lzma.decompress((FOLDER / f"{DAY}.sqlite3.xz").read_bytes()))
    url = f"sqlite:///{database}"

    def destroy() -> None:
        for file in database.parent.glob("portal.sqlite3*"):
            file.unlink()

    drill(tmp_path, {"DATABASE_URL": url, "DATA_DIR": str(database.parent)}, destroy, limit=25)


@pytest.mark.slow
def test_drill_on_postgresql(tmp_path: Path):
    if not (folder := programs.postgresql_bin()):
        pytest.skip("PostgreSQL's server is not here.")
    with postgresql.cluster(folder) as superuser, roles(superuser) as made:
        with psycopg.connect(made.url("owner"), autocommit=True) as owner:
            owner.execute(lzma.decompress((FOLDER / f"{DAY}.sql.xz").read_bytes()))

        def destroy() -> None:
            with psycopg.connect(superuser, autocommit=True) as server:
                server.execute(f'DROP DATABASE "{made.name}" WITH (FORCE)'.encode())

        environment = {
            "DATABASE_URL": made.url(),
            "DATABASE_OWNER_URL": made.url("owner"),
            "DATABASE_BACKUP_URL": made.url("backup"),
            "DATA_DIR": str(tmp_path),
        }
        drill(tmp_path, environment, destroy, limit=EVERY_PAGE)


def drill(folder: Path, environment: dict[str, str], destroy: Callable[[], None], *, limit: int) -> None:
    """Everything that was acknowledged before the backup began is there again, nothing by halves."""
    key, environment["BACKUP_RECIPIENTS"], environment["BACKUP_DIR"] = with_key(folder)
    manage(
        environment.get("DATABASE_OWNER_URL") or environment["DATABASE_URL"], "migrate", "--verbosity", "0"
    )
    with writing(folder / "written", environment, limit) as written:
        acknowledged = written()
        run("deploy/backup", **environment)
        assert written() > acknowledged
    (backup,) = Path(environment["BACKUP_DIR"]).glob("*.age")

    destroy()
    said = run("deploy/restore", "--identity", key, str(backup), **environment)

    assert "Alle Fassungen sind unverändert." in said
    assert "Der Baum ist in Ordnung: " in said
    report = report_of("tests.deploy.writing", environment["DATABASE_URL"], "restored", limit)
    number = int(report["said"].removeprefix("Stand "))
    assert number >= acknowledged
    assert report["reported"] == report["said"]
    assert report["text"].removeprefix("Text ") == report["reason"].removeprefix("Grund ")
    assert int(report["text"].removeprefix("Text ")) in (number - 1, number)
    assert report["pages"] == pages_then(folder / "written", number)


def with_key(folder: Path) -> tuple[str, str, str]:
    """The files with the secret and the public key, and a folder for backups."""
    require_age()
    secret, public, backups = folder / "key", folder / "recipients", folder / "backups"
    run("age-keygen", "-o", str(secret))
    public.write_text(run("age-keygen", "-y", str(secret)))
    backups.mkdir()
    return str(secret), str(public), str(backups)


@contextmanager
def writing(folder: Path, environment: dict[str, str], limit: int) -> Iterator[Callable[[], int]]:
    """A process that writes; the function says how much of it was acknowledged, once it is some."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.deploy.writing", str(folder), str(limit)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.PIPE)

    def written() -> int:
        while len(done := list(folder.glob("*.json"))) < 4 and process.poll() is None:
            time.sleep(0.05)
        return max(int(file.stem) for file in done)

    try:
        yield written
    finally:
        (folder / "stop").touch()
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 0, complaint.decode()


def pages_then(folder: Path, number: int) -> dict[str, Any]:
    """What the public read when this was the last thing written."""
    return json.loads((folder / "1.json").read_text()) | json.loads((folder / f"{number}.json").read_text())
