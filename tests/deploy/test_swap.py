"""On PostgreSQL a restored database takes the name of the one in use, whole or not at all, under open sessions."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.backups import postgresql
from deploy.backups.configuration import Configuration, Refused
from deploy.backups.table_digests import differences
from tests.deploy.databases import ROOT, Roles, roles, superuser_of_tests

SAY = "SELECT title FROM strategy_edition"


@pytest.fixture
def made() -> Iterator[Roles]:
    """Tables that a backup asks for, with a row and a trigger."""
    with roles(superuser_of_tests()) as made:
        with psycopg.connect(made.url("owner"), autocommit=True) as owner:
            owner.execute("CREATE TABLE django_migrations (app text, name text)")
            owner.execute("CREATE TABLE strategy_edition (id serial, slug text, title text, digest text)")
            owner.execute("CREATE TABLE strategy_editioncontent (edition_id integer, data text)")
            owner.execute("CREATE TABLE django_session (session_key text)")
            owner.execute("INSERT INTO django_session VALUES ('who is logged in')")
            owner.execute(r"INSERT INTO strategy_edition (slug, title) VALUES ('eins', E'Vor\n\\.\nher')")
        yield made


@pytest.fixture
def configuration(made: Roles) -> Configuration:
    """Each program by its role."""
    return Configuration(made.url(), made.url("owner"), made.url("backup"), None, None, (1, 0, 0))


@pytest.fixture
def replacement(configuration: Configuration, made: Roles, tmp_path: Path) -> postgresql.Replacement:
    """Restored from a dump; the database in use has changed since."""
    dumped, _ = postgresql.dump(configuration, tmp_path / "dump")
    with psycopg.connect(made.url()) as application:
        application.execute("UPDATE strategy_edition SET title = 'Nachher'")
    new = postgresql.Replacement(configuration, "jetzt")
    assert differences(new.restore(tmp_path / "dump"), dumped) == []
    new.give_rights()
    return new


def test_application_reads_and_writes_what_was_restored(replacement: postgresql.Replacement, made: Roles):
    session = psycopg.connect(made.url())
    assert not replacement.is_target_empty()

    former = replacement.take_place(keep=True)

    with pytest.raises(psycopg.OperationalError):
        session.execute(SAY.encode())
    session.close()
    with psycopg.connect(made.url()) as application:
        assert application.execute(SAY.encode()).fetchone() == ("Vor\n\\.\nher",)
        assert application.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        application.execute("INSERT INTO strategy_edition (slug) VALUES ('zwei')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("DROP TABLE strategy_edition")
    with psycopg.connect(made.url(database=former.removeprefix("Datenbank "))) as kept:
        assert kept.execute(SAY.encode()).fetchone() == ("Nachher",)


def test_session_that_cannot_be_ended_leaves_all_as_it_was(replacement: postgresql.Replacement, made: Roles):
    with psycopg.connect(made.as_superuser):
        with pytest.raises(Refused, match="Die Datenbank ließ sich nicht tauschen"):
            replacement.take_place(keep=True)
        replacement.drop()

        with psycopg.connect(made.url()) as application:
            assert application.execute(SAY.encode()).fetchone() == ("Nachher",)
    with psycopg.connect(made.superuser) as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{made.name}%"]
        ).fetchall()
    assert found == [(made.name,)]


def test_empty_database_makes_room(replacement: postgresql.Replacement, made: Roles):
    with psycopg.connect(made.url("owner"), autocommit=True) as owner:
        owner.execute(
            "DROP TABLE django_migrations, strategy_edition, strategy_editioncontent, django_session CASCADE"
        )
    assert replacement.is_target_empty()

    assert replacement.take_place(keep=False) == ""

    with psycopg.connect(made.url()) as application:
        assert application.execute(SAY.encode()).fetchone() == ("Vor\n\\.\nher",)


def test_owner_that_may_make_no_database_is_said(
    replacement: postgresql.Replacement, made: Roles, tmp_path: Path
):
    replacement.drop()
    with psycopg.connect(made.superuser, autocommit=True) as server:
        server.execute(f'ALTER ROLE "{made.name}_owner" NOCREATEDB'.encode())

    with pytest.raises(Refused, match=r"darf keine Datenbank anlegen; deploy/postgresql/roles\.sql"):
        replacement.restore(tmp_path / "dump")


def test_writing_stops_once_what_was_begun_is_done(made: Roles):
    say = b"UPDATE strategy_edition SET title = 'Begonnen'"

    def writes(word: str) -> subprocess.Popen:
        options = ["--quiet", f"--set=app={made.name}", f"--set=writes={word}"]
        return subprocess.Popen(
            ["psql", *options, "--file=deploy/postgresql/writes.sql", made.url("owner")], cwd=ROOT
        )

    with psycopg.connect(made.url()) as application, psycopg.connect(made.url("owner")) as reader:
        application.execute(say)
        stopping = writes("off")
        with pytest.raises(subprocess.TimeoutExpired):
            stopping.wait(1)
        assert reader.execute(SAY.encode()).fetchone() != ("Begonnen",)
        application.commit()
        assert stopping.wait(30) == 0

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(say)
        application.rollback()
        assert application.execute(SAY.encode()).fetchone() == ("Begonnen",)

        assert writes("on").wait(30) == 0
        application.execute(say)


def test_programs_get_the_password_where_other_accounts_cannot_see_it(tmp_path: Path):
    file = tmp_path / "seen"

    postgresql.run(
        "postgres://u:geheim@h1,h2/name?sslmode=require", "sh", "-c", f'echo "$0" $PGPASSWORD >{file}', "{}"
    )

    assert file.read_text() == "user=u dbname=name host=h1,h2 sslmode=require geheim\n"
