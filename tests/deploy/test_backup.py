"""Taking backups: what is written was read again, a failure leaves all as it was, and old ones go by rule."""

import datetime
import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.backups import configuration as configurations
from deploy.backups.backup_file import read
from deploy.backups.configuration import Configuration, Refused
from deploy.backups.retention import NAME, Backup, backups_in, outdated
from deploy.backups.table_digests import LEFT_OUT
from deploy.backups.taking import alone, status, take
from tests.deploy.databases import ROOT, require_age, run

pytestmark = pytest.mark.once

Names = Callable[[], set[str]]
DAY = datetime.timedelta(days=1)
NOW = datetime.datetime(2026, 11, 30, 2, tzinfo=datetime.UTC)


def database_of(configuration: Configuration) -> sqlite3.Connection:
    return sqlite3.connect(configuration.database.removeprefix("sqlite:///"))


def test_backup_has_its_digest_beside_it_and_is_for_its_owner_alone(configuration: Configuration):
    environment = {"DATABASE_URL": configuration.database, "BACKUP_DIR": str(configuration.backups)}

    said = run("deploy/backup", **environment)

    (backup,) = backups_in(configuration.backups)
    assert re.fullmatch(
        rf"Sicherung {backup.path.name}: \d+ Bytes, \d\d\d\d Zeilen in 5\d Tabellen, geprüft. Fassungen darin: 7. "
        r"Alte Sicherungen gelöscht: 0.\n",
        said,
    )
    assert (
        run("sh", "-c", f"cd {configuration.backups} && sha256sum -c *.sha256") == f"{backup.path.name}: OK\n"
    )
    assert {file.stat().st_mode & 0o077 for file in configuration.backups.iterdir()} == {0}


def test_backup_leaves_out_who_is_logged_in(configuration: Configuration, tmp_path: Path):
    count = f"SELECT count(*) FROM {LEFT_OUT[0]}"
    assert database_of(configuration).execute(count).fetchone() > (0,)

    _, database = read(take(configuration), None, tmp_path)

    assert sqlite3.connect(database).execute(count).fetchone() == (0,)


def test_status_says_how_old_the_last_good_backup_is(configuration: Configuration, capsys):
    def said() -> tuple[int, str]:
        return status(configuration), capsys.readouterr().out

    assert said() == (1, f"FEHLT: In {configuration.folder} liegt keine Sicherung.\n")

    last = take(configuration)
    capsys.readouterr()
    assert said() == (0, f"GUT: {last.name}, 0.0 Stunden alt. Sicherungen: 1.\n")

    last.write_bytes(last.read_bytes()[:-1])
    assert said() == (1, f"VERÄNDERT: {last.name}, 0.0 Stunden alt. Sicherungen: 1.\n")

    (backup,) = backups_in(configuration.backups)
    last.rename(old := last.with_name(NAME.format(datetime.datetime.now(datetime.UTC) - 2 * DAY)))
    backup.digest.rename(Backup(NOW, old).digest)
    assert said()[1].startswith(f"VERÄNDERT: {old.name}, 48.0 Stunden alt.")


def test_full_disk_is_said_before_anything_is_written(
    configuration: Configuration, names: Names, monkeypatch
):
    usage = shutil.disk_usage(configuration.backups)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=1 << 20))

    with pytest.raises(Refused, match=r"sind 1 MB frei, nötig sind \d MB\. Bitte Platz schaffen\."):
        take(configuration)

    assert names() == set()


def break_the_file(configuration: Configuration) -> Configuration:
    path = Path(configuration.database.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[200_000:300_000] = bytes(100_000)
    path.write_bytes(content)
    return configuration


def lose_a_row(configuration: Configuration) -> Configuration:
    with database_of(configuration) as database:
        database.execute("DELETE FROM strategy_node WHERE id = (SELECT node_ptr_id FROM measures_measure)")
    return configuration


def give_no_key(configuration: Configuration) -> Configuration:
    require_age()
    recipients = configuration.backups.parent / "recipients"
    recipients.write_text("no key\n")
    return replace(configuration, recipients=recipients)


def have_no_tables(configuration: Configuration) -> Configuration:
    Path(configuration.database.removeprefix("sqlite:///")).write_bytes(b"")
    return configuration


@pytest.mark.parametrize("spoil", [break_the_file, lose_a_row, give_no_key, have_no_tables])
def test_backup_that_fails_leaves_all_as_it_was(configuration: Configuration, names: Names, spoil: Callable):
    take(configuration)
    before = names()

    with pytest.raises((Refused, sqlite3.Error)):
        take(spoil(replace(configuration, keep=(1, 0, 0))))

    assert names() == before


def test_what_goes_wrong_is_said_in_a_sentence(tmp_path: Path):
    for environment, sentence in {
        ("", ""): "BACKUP_DIR ist nicht gesetzt; darin muss der Ordner stehen, in den Sicherungen kommen.\n",
        (
            "BACKUP_DIR",
            "/nowhere",
        ): "BACKUP_DIR (/nowhere) ist kein Ordner, in den dieses Konto schreiben darf.\n",
        (
            "BACKUP_KEEP",
            "0,8,12",
        ): "BACKUP_KEEP ist „0,8,12“; es muss drei Zahlen nennen, Tage, Wochen und Monate, wie "
        "„14,8,12“, und mindestens einen Tag.\n",
    }.items():
        file = tmp_path / "env"
        file.write_text("=".join(environment) if environment[0] else "")
        done = subprocess.run(["deploy/backup", "--env", file], cwd=ROOT, capture_output=True, text=True)

        assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_edition_that_was_changed_is_backed_up_and_said_and_nothing_older_goes(
    configuration: Configuration, names: Names
):
    take(configuration)
    before = names()
    with database_of(configuration) as database:
        database.execute("DROP TRIGGER strategy_content_never_changes")
        database.execute("UPDATE strategy_editioncontent SET data = data || ' '")

    with pytest.raises(Refused, match="in der Datenbank sind Fassungen beschädigt: plakat, "):
        take(replace(configuration, keep=(1, 0, 0)))

    assert names() > before
    assert all(name.startswith("schadhaft-") for name in names() - before)
    assert len(backups_in(configuration.backups)) == 1


def test_one_backup_at_a_time_and_what_a_killed_one_left_goes(configuration: Configuration, names: Names):
    (configuration.backups / ".unfertig-x").mkdir()

    with (configuration.backups / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="Es läuft schon eine Sicherung"), alone(configuration.backups):
            pass
    assert names() == {".unfertig-x"}

    with alone(configuration.backups):
        assert names() == set()


def test_variables_of_a_file_are_taken_as_they_stand(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(os, "environ", {})
    file = tmp_path / "env"
    file.write_text("# the service\nDATABASE_URL=postgres://strategie:a$b%40@db/strategie?sslmode=require\n")

    read = configurations.read([file])

    assert (
        read.database
        == read.owner
        == read.reader
        == "postgres://strategie:a$b%40@db/strategie?sslmode=require"
    )
    assert read.is_postgresql


def every_night(days: int) -> list[Backup]:
    return [Backup(NOW - number * DAY, Path(str(number))) for number in range(days)]


def test_kept_are_the_last_of_days_weeks_and_months():
    backups = every_night(500)

    gone = outdated(backups, (3, 3, 3))

    kept = [backup.made_at.date() for backup in backups if backup not in gone]

    assert [f"{day:%a %d.%m.}" for day in kept] == [
        "Mon 30.11.",
        "Sun 29.11.",
        "Sat 28.11.",
        "Sun 22.11.",
        "Sat 31.10.",
        "Wed 30.09.",
    ]


@given(
    hours=st.lists(st.integers(0, 20_000), min_size=1, unique=True), keep=st.tuples(*[st.integers(0, 20)] * 3)
)
def test_the_newest_are_never_deleted_and_once_deleted_is_enough(
    hours: list[int], keep: tuple[int, int, int]
):
    days, weeks, months = max(1, keep[0]), keep[1], keep[2]
    backups = sorted((Backup(NOW - hour * DAY / 24, Path(str(hour))) for hour in hours), reverse=True)

    gone = outdated(backups, (days, weeks, months))

    left = [backup for backup in backups if backup not in gone]
    assert all(backups[0].made_at - backup.made_at > 2 * DAY for backup in gone)
    assert len({backup.made_at.date() for backup in left}) >= min(
        days, len({each.made_at.date() for each in backups})
    )
    assert outdated(left, (days, weeks, months)) == []
