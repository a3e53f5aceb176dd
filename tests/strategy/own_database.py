"""A database of a test's own, of the kind that the tests run on, for programs in processes of their own."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The DATABASE_URL of a new, empty database; without tables yet."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{folder / 'portal.sqlite3'}"
        return
    name = f"own_{uuid.uuid4().hex}"
    address = (
        f"postgres://{quote(database['USER'])}:{quote(database['PASSWORD'])}"
        f"@{database['HOST']}:{database['PORT'] or 5432}/"
    )
    with psycopg.connect(f"{address}postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield address + name
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def report_of(module: str, url: str, *arguments: object) -> Any:
    """What a module of the tests prints at its end, as JSON, run over this database."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env={**os.environ, "DEMO": "1", "DATABASE_URL": url},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
