"""A PostgreSQL database: dumped in one snapshot, and restored beside the one that is in use."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

from deploy.backups.configuration import ROOT, Configuration, Refused
from deploy.backups.table_digests import LEFT_OUT, Digests, digest_of

KIND = "postgresql"
FILE = "datenbank.dump"
# The same text for the same row, whatever server and role are set to.
OPTIONS = (
    "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=3 -c bytea_output=hex "
    "-c synchronize_seqscans=off -c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0"
)
RIGHTS = ROOT / "deploy" / "postgresql" / "rights.sql"


def dump(configuration: Configuration, file: Path) -> tuple[Digests, dict[str, Any]]:
    """Write the database as it is at this moment; its digests, and what is said about it, from the same snapshot.

    Refused where what was written is not what the database holds.
    """
    with _connected(configuration.reader) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]  # type: ignore[index]
        left_out = [f"--exclude-table-data=public.{name}" for name in LEFT_OUT]
        options = ["--format=custom", f"--snapshot={snapshot}", *left_out]
        run(configuration.reader, "pg_dump", *options, f"--file={file}", "--dbname={}")
        tables = digests(connection)
        written = _digests_of_file(file)
        if tables != written:
            raise Refused("Die geschriebene Sicherung enthält nicht, was in der Datenbank steht.")
        return tables, about(connection)


def size(configuration: Configuration) -> int:
    """How many bytes the database takes."""
    with _connected(configuration.reader) as connection:
        return int(connection.execute("SELECT pg_database_size(current_database())").fetchone()[0])  # type: ignore[index]


def about(connection: psycopg.Connection) -> dict[str, Any]:
    """Migrations, and the digest that each edition has, with that of what it holds."""
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    editions = connection.execute(
        "SELECT slug, e.digest, encode(sha256(convert_to(data, 'UTF8')), 'hex') "
        "FROM strategy_edition e LEFT JOIN strategy_editioncontent c ON c.edition_id = e.id ORDER BY e.id"
    ).fetchall()
    return {"migrations": [name for (name,) in rows], "editions": [list(edition) for edition in editions]}


def digests(connection: psycopg.Connection) -> Digests:
    """By table, in the words in which pg_dump writes rows."""
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    ).fetchall()
    return {name: _digest_of_table(connection, name) for (name,) in tables if name not in LEFT_OUT}


def _digest_of_table(connection: psycopg.Connection, name: str) -> tuple[int, str]:
    with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(name))) as rows:
        return digest_of(bytes(row) for row in rows)


def _digests_of_file(file: Path) -> Digests:
    """Reads all of a dump, as a restore would."""
    command = ["pg_restore", "--data-only", "--file=-", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:  # noqa: S603
        found = dict(_copied(iter(reading.stdout)))  # type: ignore[arg-type]
        complaint = reading.stderr.read().decode(errors="replace")  # type: ignore[union-attr]
    if reading.returncode:
        raise Refused(f"Die geschriebene Sicherung lässt sich nicht lesen: {complaint.strip()}")
    return found


def _copied(lines: Iterator[bytes]) -> Iterator[tuple[str, tuple[int, str]]]:
    """The tables in a dump. What ends too soon lacks rows, and pg_restore says why."""
    end = b"\\.\n"
    for line in lines:
        if line.startswith(b"COPY public."):
            name = line.split(b" ", 2)[1].removeprefix(b"public.").strip(b'"').decode()
            yield name, digest_of(iter(lambda: next(lines, end), end))


class Replacement:
    """A new database beside the one in use, that a backup is restored into, and that can take its name."""

    def __init__(self, configuration: Configuration, stamp: str) -> None:
        self.configuration = configuration
        self.name = str(parameters(configuration.owner)["dbname"])
        self.new, self.old = f"{self.name[:40]}_neu_{stamp}", f"{self.name[:40]}_vor_{stamp}"
        self.url = configuration.with_name(self.new).owner

    def restore(self, file: Path) -> Digests:
        """Make it of a dump; what it holds then."""
        with self._server() as server:
            like = server.execute(
                "SELECT datcollate, datctype FROM pg_database WHERE datname = %s", [self.name]
            ).fetchone()
            locale = SQL(" LC_COLLATE {} LC_CTYPE {}").format(*like) if like else SQL("")
            try:
                server.execute(
                    SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(Identifier(self.new))
                    + locale
                )
            except psycopg.errors.InsufficientPrivilege as error:
                raise Refused(
                    "Die Rolle in DATABASE_OWNER_URL darf keine Datenbank anlegen; deploy/postgresql/roles.sql "
                    "gibt ihr das Recht."
                ) from error
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        run(self.url, "pg_restore", *options, "--dbname={}", str(file))
        with _connected(self.url) as connection:
            return digests(connection)

    def give_rights(self) -> None:
        """What application and backup may do, where these have roles of their own."""
        user = lambda url: str(parameters(url).get("user", ""))  # noqa: E731
        owner, app = user(self.configuration.owner), user(self.configuration.database)
        if app == owner:
            return
        backup = user(self.configuration.reader)
        names = [f"--set=owner={owner}", f"--set=app={app}", f"--set=backup={backup}"]
        run(self.url, "psql", "--quiet", "--no-psqlrc", *names, f"--file={RIGHTS}", "--dbname={}")

    def is_target_empty(self) -> bool:
        """Whether the database whose name it will take is not there, or has no table."""
        with self._server() as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone():
                return True
        with _connected(self.configuration.owner) as connection:
            found = connection.execute(
                "SELECT 1 FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LIMIT 1"
            )
            return found.fetchone() is None

    def take_place(self, *, keep: bool) -> str:
        """Give it the name of the one in use, in one transaction; end the sessions of that one. Where it is now, or ""
        where there was none, or an empty one."""
        with self._server() as server:
            there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone()
            if not there:
                server.execute(_rename(self.new, self.name))
                return ""
            server.execute(_allow(self.name, False))
            try:
                server.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                    "WHERE datname = %s AND backend_type = 'client backend'",
                    [self.name],
                )
                with server.transaction():
                    server.execute(_rename(self.name, self.old))
                    server.execute(_rename(self.new, self.name))
                    server.execute(_allow(self.old, True))
            except psycopg.Error as error:
                server.execute(_allow(self.name, True))
                raise Refused(f"Die Datenbank ließ sich nicht tauschen ({_said(error)}).") from error
            if not keep:
                server.execute(SQL("DROP DATABASE {}").format(Identifier(self.old)))
        return f"Datenbank {self.old}" if keep else ""

    def drop(self) -> None:
        """Take it away, where it has not taken the other one's place."""
        with self._server() as server:
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(self.new)))

    @contextmanager
    def _server(self) -> Iterator[psycopg.Connection]:
        with _connected(self.configuration.with_name("postgres").owner) as server:
            yield server


def _rename(name: str, to: str) -> Any:
    return SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name), Identifier(to))


def _allow(name: str, allowed: bool) -> Any:
    word = SQL("true") if allowed else SQL("false")
    return SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(Identifier(name), word)


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(
            make_conninfo(**{**parameters(url), "options": OPTIONS}), autocommit=True
        )
    except psycopg.Error as error:
        raise Refused(f"Die Datenbank ist nicht zu erreichen ({_said(error)}).") from error
    with connection:
        yield connection


def parameters(url: str) -> dict[str, Any]:
    """What an address says, for PostgreSQL's library. Of several hosts Django's addresses name the port once."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    if "port" in parts and "" in parts["port"].split(","):
        parts["port"] = parts["port"].rpartition(",")[2]
    return {name: value for name, value in parts.items() if value}


def run(url: str, *command: str) -> None:
    """Run a program of PostgreSQL, with the database where `{}` stands; its password is not seen by other accounts."""
    parts = parameters(url)
    password = parts.pop("password", "")
    parts.pop("options", None)
    environment = {**os.environ, "PGOPTIONS": OPTIONS, **({"PGPASSWORD": password} if password else {})}
    database = make_conninfo(**parts)
    try:
        done = subprocess.run(  # noqa: S603
            [part.replace("{}", database) for part in command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise Refused(f"Das Programm {command[0]} fehlt: apt-get install postgresql-client.") from error
    if done.returncode:
        raise Refused(f"{command[0]} ist gescheitert: {done.stderr.strip()}")


def _said(error: Exception) -> str:
    return " ".join(str(error).split())
