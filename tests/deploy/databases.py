"""A database with the three roles of deploy/postgresql, on the cluster that the tests run on."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
ROLES = ROOT / "deploy" / "postgresql" / "roles.sql"


@dataclass(frozen=True)
class Roles:
    """Addresses of one database, as each of its roles, and the cluster's superuser."""

    name: str
    superuser: str

    def url(self, role: str = "", database: str = "") -> str:
        """As `owner`, `backup` or, without a word, the application."""
        parts = urlsplit(self.superuser)
        user = f"{self.name}_{role}" if role else self.name
        return f"postgres://{user}@{parts.hostname}:{parts.port}/{database or self.name}"

    @property
    def as_superuser(self) -> str:
        """The database as the one who may do all."""
        return self.superuser.rpartition("/")[0] + f"/{self.name}"


@contextmanager
def roles(superuser: str) -> Iterator[Roles]:
    """A new, empty database with its roles; all databases and roles that begin with its name go afterwards."""
    made = Roles(f"r{uuid.uuid4().hex[:10]}", superuser)
    try:
        run_roles(made)
        yield made
    finally:
        with psycopg.connect(superuser, autocommit=True) as server:
            like = [f"{made.name}%"]
            for (name,) in server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", like
            ).fetchall():
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
            for (name,) in server.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE %s", like
            ).fetchall():
                server.execute(f'DROP ROLE "{name}"'.encode())


def run_roles(made: Roles) -> None:
    """What an operator runs as the superuser."""
    run("psql", "--quiet", "--no-psqlrc", "-v", f"name={made.name}", "-f", str(ROLES), made.superuser)


def superuser_of_tests() -> str:
    """The address of the tests' cluster; a test that needs one is left out where they run on SQLite."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        pytest.skip("Roles are PostgreSQL's: the run on PostgreSQL has this test.")
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT'] or 5432}/postgres"


def require_age() -> None:
    """Leaves a test out where nothing can be encrypted."""
    if not shutil.which("age"):
        pytest.skip("age is not here.")


def run(*command: str, **environment: str) -> str:
    """What a program says; its complaint where it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def manage(url: str, *command: str) -> str:
    """A management command over this database."""
    return run(sys.executable, "manage.py", *command, DATABASE_URL=url)
