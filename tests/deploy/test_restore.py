"""Restoring: what is not a whole backup of this portal changes nothing; what is, servers that run see at once."""

import gzip
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from deploy.backups import sqlite
from deploy.backups.backup_file import read
from deploy.backups.configuration import Configuration, Refused
from deploy.backups.retention import backups_in
from deploy.backups.taking import take
from tests.deploy.databases import ROOT, require_age, run

pytestmark = pytest.mark.once

COUNT = "SELECT count(*) FROM strategy_node"


@pytest.fixture
def backup(configuration: Configuration) -> Path:
    """A backup that is not encrypted."""
    return take(configuration)


def restoring(configuration: Configuration, *arguments: object) -> tuple[int, str]:
    """How deploy/restore ends, and what it complains of."""
    done = subprocess.run(
        ["deploy/restore", *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DEMO": "1", "DATABASE_URL": configuration.database},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def another_file(file: Path) -> None:
    file.write_bytes(gzip.compress(b"CREATE TABLE x;"))


def no_archive(file: Path) -> None:
    file.write_text("PGDMP")


@pytest.mark.parametrize("spoil", [cut_off, changed, another_file, no_archive])
def test_file_that_is_not_what_was_written_is_refused(backup: Path, spoil: Callable, tmp_path: Path):
    spoil(backup)

    with pytest.raises(Refused, match="ist nicht mehr, was geschrieben wurde: Die Prüfsumme in strategie-"):
        read(backup, None, tmp_path)

    backup.with_name(f"{backup.name}.sha256").unlink()
    with pytest.raises(
        Refused, match="ist keine Sicherung dieses Portals, oder sie ist abgeschnitten oder verändert"
    ):
        read(backup, None, tmp_path)


def test_no_byte_of_a_backup_can_change_unnoticed(backup: Path, tmp_path: Path):
    backup.with_name(f"{backup.name}.sha256").unlink()
    whole = backup.read_bytes()
    about = read(backup, None, tmp_path)[0]
    assert whole[3] == 8, "gzip's header holds a name, which says nothing about the content"
    header = 10 + len(whole[10:].split(b"\0")[0]) + 1

    for position in [*range(header, len(whole), len(whole) // 40), len(whole) - 1]:
        backup.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])
        with pytest.raises(Refused):
            read(backup, None, tmp_path)

    backup.write_bytes(whole)
    assert read(backup, None, tmp_path)[0] == about


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Path]:
    """Secret keys, and the public ones of the first two, one a line."""
    require_age()
    files = {name: tmp_path / name for name in ("own", "second", "foreign")}
    for file in files.values():
        run("age-keygen", "-o", str(file))
    public = "".join(run("age-keygen", "-y", str(files[name])) for name in ("own", "second"))
    (tmp_path / "recipients").write_text(public)
    return {**files, "recipients": tmp_path / "recipients"}


def test_encrypted_backup_is_read_with_the_key_of_any_recipient_and_no_other(
    configuration: Configuration, keys: dict[str, Path], tmp_path: Path
):
    backup = take(replace(configuration, recipients=keys["recipients"]))

    assert {path.name for path in configuration.backups.iterdir()} == {backup.name, f"{backup.name}.sha256"}
    assert backup.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert read(backup, keys["own"], tmp_path)[0] == read(backup, keys["second"], tmp_path)[0]
    for key, sentence in {
        keys[
            "foreign"
        ]: "Der Schlüssel passt nicht zu dieser Sicherung: Sie wurde für einen anderen verschlüsselt.",
        keys[
            "recipients"
        ]: "age ist gescheitert .*: Schlüssel falsch, oder Datei abgeschnitten oder verändert.",
        None: "Die Sicherung ist verschlüsselt; „--identity DATEI“ nennt die Datei mit dem Schlüssel.",
    }.items():
        with pytest.raises(Refused, match=sentence):
            read(backup, key, tmp_path)

    backup.with_name(f"{backup.name}.sha256").unlink()
    cut_off(backup)
    with pytest.raises(Refused, match="Schlüssel falsch, oder Datei abgeschnitten oder verändert"):
        read(backup, keys["own"], tmp_path)


def test_database_that_is_not_empty_stays_unless_one_says_so(configuration: Configuration, backup: Path):
    before = {path.name for path in backup.parent.parent.iterdir()}

    assert restoring(configuration, backup) == (
        1,
        "Die Datenbank ist nicht leer. „--replace“ setzt die Sicherung an ihre Stelle und hebt ihren jetzigen Stand "
        "auf; „--check“ prüft nur.\n",
    )
    assert {path.name for path in backup.parent.parent.iterdir()} == before


def test_backup_of_another_kind_of_database_is_refused(configuration: Configuration, backup: Path):
    other = replace(configuration, database="postgres://nobody@127.0.0.1:1/none")

    assert restoring(other, backup) == (
        1,
        "Das ist eine Sicherung von sqlite; die Datenbank hier ist postgresql.\n",
    )


def test_backup_of_a_newer_program_is_refused(configuration: Configuration):
    path = configuration.database.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('council', '0999_later', '')"
        )
    backup = take(configuration)
    Path(path).unlink()

    status, said = restoring(configuration, backup)

    assert status == 1
    assert said.startswith("Die Sicherung stammt von einem neueren Programm (0.1.0+")
    assert said.endswith("), das council.0999_later kennt: erst das Programm aktualisieren.\n")
    assert not Path(path).exists()


def test_backup_of_an_earlier_program_is_tried_without_a_change(configuration: Configuration, backup: Path):
    """The kept database lacks the migrations since; a tree that is damaged would be said."""
    before = Path(configuration.database.removeprefix("sqlite:///")).read_bytes()

    assert restoring(configuration, "--check", backup)[0] == 0

    assert Path(configuration.database.removeprefix("sqlite:///")).read_bytes() == before
    assert sorted(path.name for path in backup.parent.parent.iterdir()) == ["backups", "portal.sqlite3"]
    assert len(backups_in(configuration.backups)) == 1


def replacement_of(configuration: Configuration, backup: Path, folder: Path) -> sqlite.Replacement:
    made = sqlite.Replacement(configuration, "jetzt")
    _, database = read(backup, None, folder)
    made.restore(database)
    return made


def test_server_that_has_the_database_open_reads_what_was_restored(
    configuration: Configuration, backup: Path, tmp_path: Path
):
    server = sqlite3.connect(configuration.database.removeprefix("sqlite:///"), isolation_level=None)
    server.execute("PRAGMA journal_mode = WAL")
    (nodes,) = server.execute(COUNT).fetchone()
    server.execute("PRAGMA foreign_keys = OFF")
    server.execute("DELETE FROM strategy_node WHERE numchild = 0")
    (left,) = server.execute(COUNT).fetchone()

    former = replacement_of(configuration, backup, tmp_path).take_place(keep=True)

    assert server.execute(COUNT).fetchone() == (nodes,)
    assert nodes > left
    assert former == f"Datei {server.execute('PRAGMA database_list').fetchone()[2]}.vor-jetzt"
    assert sqlite3.connect(former.removeprefix("Datei ")).execute(COUNT).fetchone() == (left,)
    server.execute("UPDATE strategy_strategy SET title = 'Neu'")
    assert server.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_file_that_is_no_database_any_more_is_put_aside_with_what_belongs_to_it(
    configuration: Configuration, backup: Path, tmp_path: Path
):
    live = Path(configuration.database.removeprefix("sqlite:///"))
    live.write_bytes(b"\0" * 5000)
    wal = live.with_name("portal.sqlite3-wal")
    wal.write_bytes(b"of the former")

    former = replacement_of(configuration, backup, tmp_path).take_place(keep=True)

    assert sqlite3.connect(live).execute(COUNT).fetchone() > (100,)
    assert Path(former.removeprefix("Datei ")).read_bytes() == b"\0" * 5000
    assert not wal.exists()
    assert sqlite.path_of(replace(configuration, owner=f"sqlite:///{quote('/a b/c')}")) == Path("/a b/c")
