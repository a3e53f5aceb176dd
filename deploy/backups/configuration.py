"""What backup and restore are told: by the environment, or by the files that the service gets it from."""

import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from dotenv import dotenv_values

ROOT = Path(__file__).parents[2]
KEEP = "14,8,12"


class Refused(Exception):
    """Nothing was changed. `str()` of it is a sentence that says why and what to do."""


@dataclass(frozen=True)
class Configuration:
    """Addresses of the database by the role that uses them, and where backups go."""

    database: str
    owner: str
    reader: str
    folder: Path | None
    recipients: Path | None
    keep: tuple[int, int, int]  # days, weeks, months

    @property
    def is_postgresql(self) -> bool:
        """Otherwise it is SQLite: the settings of the portal know no third."""
        return self.database.startswith(("postgres://", "postgresql://"))

    def with_name(self, name: str) -> "Configuration":
        """The same for another database: of this name on the same server, or in this file in the same folder."""
        urls = [_with_name(url, name) for url in (self.database, self.owner, self.reader)]
        return replace(self, database=urls[0], owner=urls[1], reader=urls[2])

    @property
    def backups(self) -> Path:
        """The folder of the backups, as it must be to write into."""
        if self.folder is None:
            raise Refused(
                "BACKUP_DIR ist nicht gesetzt; darin muss der Ordner stehen, in den Sicherungen kommen."
            )
        if not self.folder.is_dir() or not os.access(self.folder, os.W_OK | os.X_OK):
            raise Refused(f"BACKUP_DIR ({self.folder}) ist kein Ordner, in den dieses Konto schreiben darf.")
        return self.folder


def read(files: list[Path]) -> Configuration:
    """The configuration; variables of the files are put into the environment, where `manage.py` finds them too."""
    for file in files:
        try:
            file.read_text()
        except OSError as error:
            raise Refused(f"Die Umgebung {file} lässt sich nicht lesen ({error.strerror}).") from error
        os.environ.update(
            {name: value or "" for name, value in dotenv_values(file, interpolate=False).items()}
        )
    get = os.environ.get
    default = f"sqlite:///{quote(str(Path(get('DATA_DIR') or ROOT / 'var') / 'portal.sqlite3'))}"
    database = get("DATABASE_URL") or default
    return Configuration(
        database=database,
        owner=get("DATABASE_OWNER_URL") or database,
        reader=get("DATABASE_BACKUP_URL") or database,
        folder=_path("BACKUP_DIR"),
        recipients=_path("BACKUP_RECIPIENTS"),
        keep=_keep(get("BACKUP_KEEP") or KEEP),
    )


def _with_name(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{quote(name)}"))


def _path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _keep(value: str) -> tuple[int, int, int]:
    parts = [part.strip() for part in value.split(",")]
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or int(parts[0]) < 1:
        raise Refused(
            f"BACKUP_KEEP ist „{value}“; es muss drei Zahlen nennen, Tage, Wochen und Monate, wie „{KEEP}“, "
            "und mindestens einen Tag."
        )
    days, weeks, months = map(int, parts)
    return days, weeks, months


def ending(main: Callable[[], int]) -> NoReturn:
    """Run a program of the operator: what is refused ends it with status 1 and its sentence."""
    try:
        status = main()
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        status = 1
    except (psycopg.Error, sqlite3.Error, OSError) as error:
        sys.stderr.write(f"Abgebrochen: {' '.join(str(error).split())}\n")
        status = 1
    sys.exit(status)
