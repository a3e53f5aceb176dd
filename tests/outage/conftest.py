"""A portal in production's manner on a PostgreSQL of its own, which can be stopped and held."""

import os
import secrets
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import postgresql, programs
from tests.browser.portal import FONTS, ROOT, Portal, gunicorn
from tests.postgresql import Cluster

PREPARE = """
import django
django.setup()
from django.core.management import call_command
for command in ["migrate", "collectstatic --noinput", "load_pages", "load_strategy fixtures/herne.yaml",
                "freeze_edition --slug eins --title Eins", "publish_edition eins"]:
    call_command(*command.split(), verbosity=0)
"""


@dataclass(frozen=True)
class Served:
    """The portal, its database, and the folder with its log."""

    portal: Portal
    database: Cluster
    folder: Path

    @property
    def log(self) -> list[str]:
        return (self.folder / "gunicorn.log").read_text().splitlines()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One process with many threads, as in production without DEMO."""
    folder = tmp_path_factory.mktemp("portal")
    if not (initdb := programs.postgresql_bin()):
        pytest.skip("PostgreSQL's server is not here.")
    shutil.copytree(FONTS, folder / "assets" / "fonts")
    with postgresql.running_cluster(initdb) as database:
        environment = production(folder, database.url)
        prepare(environment)
        with gunicorn(folder, environment, threads=16) as portal:
            yield Served(portal, database, folder)


def prepare(environment: dict[str, str]) -> None:
    """The real strategy, published, in one process: starting one a command takes longer than the commands."""
    prepared = {**environment, "DJANGO_SETTINGS_MODULE": "herne_strategy.settings"}
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=prepared, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def production(folder: Path, url: str) -> dict[str, str]:
    """The environment of a portal that is no demonstration."""
    return {
        **os.environ,
        "DEMO": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SECOND_FACTOR_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": "http://127.0.0.1",
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "EMAIL_URL": "memory:",
        "BARRIER_MAIL_TO": "barrierefreiheit@example.de",
    }
