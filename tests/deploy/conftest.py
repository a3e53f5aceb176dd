"""A small database of real use, and a configuration to back it up with."""

import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.backups.configuration import Configuration
from tests.upgrade.kept import FOLDER


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    """Over a copy of the kept SQLite database, without encryption."""
    database, backups = tmp_path / "portal.sqlite3", tmp_path / "backups"
    database.write_bytes(lzma.decompress((FOLDER / "2026-11-30.sqlite3.xz").read_bytes()))
    backups.mkdir()
    url = f"sqlite:///{database}"
    return Configuration(url, url, url, backups, None, (14, 8, 12))


@pytest.fixture
def names(configuration: Configuration) -> Callable[[], set[str]]:
    """What lies in the folder of backups now."""
    return lambda: {path.name for path in configuration.backups.iterdir()} - {".lock"}
