"""A SQLite database: copied in one read transaction, and restored into the file that running servers have open."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from deploy.backups.configuration import ROOT, Configuration, Refused
from deploy.backups.table_digests import LEFT_OUT, Digests, digest_of

KIND = "sqlite"
FILE = "datenbank.sqlite3"
USELESS = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_CANTOPEN"}  # what is there is no database
WAITING = 60  # seconds for others that write


def dump(configuration: Configuration, file: Path) -> tuple[Digests, dict[str, Any]]:
    """Write the database as it is at this moment; its digests, and what is said about it, from the same transaction.

    Refused where SQLite finds it damaged, or what was written is not what the database holds.
    """
    with _opened(path_of(configuration)) as source, closing(sqlite3.connect(file)) as copy:
        source.execute("BEGIN")
        tables, said = digests(source), _about(source)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        for name in LEFT_OUT:
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608
        copy.commit()
        copy.execute("VACUUM")
        check(copy)
        if digests(copy) != tables:
            raise Refused("Die geschriebene Sicherung enthält nicht, was in der Datenbank steht.")
    return tables, said


def size(configuration: Configuration) -> int:
    """How many bytes the database takes."""
    path = path_of(configuration)
    if not path.is_file():
        raise Refused(f"Die Datenbank {path} gibt es nicht.")
    return path.stat().st_size


def path_of(configuration: Configuration) -> Path:
    """The file of the database; a relative one lies beside manage.py."""
    return ROOT / unquote(urlsplit(configuration.owner).path[1:])


def check(connection: sqlite3.Connection) -> None:
    """Refused where SQLite finds a damage, or a reference to a row that is not there."""
    wrong = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if wrong or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Refused(f"Die Datenbank ist beschädigt: {'; '.join(wrong[:3]) or 'Verweise führen ins Leere'}.")


def digests(connection: sqlite3.Connection) -> Digests:
    """By table, as Python writes its rows."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
    ).fetchall()
    return {name: digest_of(_rows(connection, name)) for (name,) in tables if name not in LEFT_OUT}


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[bytes]:
    for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1'):  # noqa: S608
        yield f"{row!r}\n".encode()


def _about(connection: sqlite3.Connection) -> dict[str, Any]:
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    editions = connection.execute(
        "SELECT slug, e.digest, data FROM strategy_edition e "
        "LEFT JOIN strategy_editioncontent c ON c.edition_id = e.id ORDER BY e.id"
    )
    return {
        "migrations": [name for (name,) in rows],
        "editions": [
            [slug, digest, digest_of([(data or "").encode()])[1]] for slug, digest, data in editions
        ],
    }


class Replacement:
    """A file beside the database in use, that a backup is restored into, and that can take its place."""

    def __init__(self, configuration: Configuration, stamp: str) -> None:
        self.path = path_of(configuration)
        self.new = self.path.with_name(f"{self.path.name}.neu-{stamp}")
        self.old = self.path.with_name(f"{self.path.name}.vor-{stamp}")
        self.url = f"sqlite:///{quote(str(self.new))}"

    def restore(self, file: Path) -> Digests:
        """Make it of a backup; what it holds then."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, self.new)
        except OSError as error:
            raise Refused(f"{self.new} lässt sich nicht schreiben ({error.strerror}).") from error
        with _opened(self.new) as connection:
            check(connection)
            return digests(connection)

    def give_rights(self) -> None:
        """The file belongs to whom the one in use belongs, or to whom its folder does."""
        like = (self.path if self.path.exists() else self.path.parent).stat()
        if os.geteuid() == 0:
            os.chown(self.new, like.st_uid, like.st_gid)
        self.new.chmod(like.st_mode & 0o666 if self.path.exists() else 0o600)

    def is_target_empty(self) -> bool:
        """Whether the file in whose place it will be is not there, or has no table."""
        if not self.path.exists() or self.path.stat().st_size == 0:
            return True
        try:
            with _opened(self.path) as connection:
                return not digests(connection)
        except sqlite3.Error:
            return False

    def take_place(self, *, keep: bool) -> str:
        """Put its content into the file in use, in one transaction that running servers see as any other. Where the
        former content is now.

        A file that is no database any more is put aside with what belongs to it.
        """
        try:
            with _opened(self.new) as new, _opened(self.path) as live:
                live.execute("SELECT count(*) FROM sqlite_master")
                if keep:
                    with closing(sqlite3.connect(self.old)) as kept:
                        live.backup(kept)
                new.backup(live)
        except sqlite3.Error as error:
            if error.sqlite_errorname not in USELESS:
                raise Refused(f"{self.path} ließ sich nicht überschreiben ({error}).") from error
            for ending in ("", "-wal", "-shm"):
                if (beside := Path(f"{self.path}{ending}")).exists():
                    beside.rename(f"{self.old}{ending}")
            self.new.rename(self.path)
        return f"Datei {self.old}" if self.old.exists() else ""

    def drop(self) -> None:
        """Take it away."""
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.new}{ending}").unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A database that is there. Transactions are begun by hand."""
    address = f"file:{quote(str(path))}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=WAITING, isolation_level=None)) as connection:
        yield connection
