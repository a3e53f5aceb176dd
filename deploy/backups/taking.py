"""Takes a backup: checked after writing, then named, then older ones go. `deploy/backup --help` says how."""

import argparse
import datetime
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.backups import backup_file, encryption, postgresql, sqlite
from deploy.backups.configuration import KEEP, ROOT, Configuration, Refused, ending, read
from deploy.backups.encryption import sha256_of
from deploy.backups.retention import NAME, Backup, backups_in, outdated
from herne_strategy.version import program_version

TOO_OLD = datetime.timedelta(hours=26)  # a day, and what a run may be late


def main() -> int:
    """Take one, or say how old the last one is."""
    arguments = _arguments()
    configuration = read(arguments.env)
    if arguments.status:
        return status(configuration)
    with alone(configuration.backups):
        take(configuration)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="deploy/backup",
        description="Schreibt eine geprüfte Sicherung der Datenbank nach BACKUP_DIR und räumt alte weg. Aus der "
        "Umgebung: DATABASE_URL (oder DATABASE_BACKUP_URL, eine Rolle, die nur liest), BACKUP_DIR, "
        f"BACKUP_RECIPIENTS (Datei mit öffentlichen Schlüsseln für age), BACKUP_KEEP (Tage, Wochen, Monate: {KEEP}).",
    )
    parser.add_argument("--env", type=Path, action="append", default=[], help="Datei mit Umgebungsvariablen")
    parser.add_argument(
        "--status", action="store_true", help="nur sagen, wie alt die letzte gute Sicherung ist"
    )
    return parser.parse_args()


def status(configuration: Configuration) -> int:
    """A line for monitoring: 0 where the last good backup is whole and young enough."""
    backups = backups_in(configuration.backups)
    if not backups:
        print(f"FEHLT: In {configuration.folder} liegt keine Sicherung.")
        return 1
    last = backups[0]
    age = datetime.datetime.now(datetime.UTC) - last.made_at
    word = "GUT"
    if age > TOO_OLD:
        word = "ZU ALT"
    if last.digest.read_text().split()[:1] != [sha256_of(last.path)]:
        word = "VERÄNDERT"
    print(
        f"{word}: {last.path.name}, {age / datetime.timedelta(hours=1):.1f} Stunden alt. Sicherungen: {len(backups)}."
    )
    return int(word != "GUT")


def take(configuration: Configuration) -> Path:
    """Write a backup and delete outdated ones. A failure leaves all as it was."""
    folder = configuration.backups
    recipients = configuration.recipients
    kind = postgresql if configuration.is_postgresql else sqlite
    _require_space(folder, kind.size(configuration))
    now = datetime.datetime.now(datetime.UTC)
    name = NAME.format(now) + (encryption.ENDING if recipients else "")
    with tempfile.TemporaryDirectory(prefix=".unfertig-", dir=folder) as temporary:
        database, archive = Path(temporary, kind.FILE), Path(temporary, name)
        tables, said = kind.dump(configuration, database)
        about = backup_file.About(
            made_at=f"{now:%Y-%m-%dT%H:%M:%SZ}",
            program=program_version(ROOT),
            kind=kind.KIND,
            file=kind.FILE,
            sha256=sha256_of(database),
            tables={table: list(pair) for table, pair in tables.items()},
            **said,
        )
        backup_file.write(archive, about, database, recipients)
        if about.damaged:
            name = f"schadhaft-{name}"
        _keep(archive, folder / name)
    if about.damaged:
        raise Refused(
            f"Die Sicherung {name} ist geschrieben, aber in der Datenbank sind Fassungen beschädigt: "
            f"{', '.join(about.damaged)}. Ältere Sicherungen bleiben alle; „manage.py verify_editions“ sagt mehr."
        )
    gone = outdated(backups_in(folder), configuration.keep)
    for backup in gone:
        backup.path.unlink()
        backup.digest.unlink()
    rows = sum(count for count, _ in tables.values())
    print(
        f"Sicherung {name}: {(folder / name).stat().st_size} Bytes, {rows} Zeilen in {len(tables)} Tabellen, geprüft. "
        f"Fassungen darin: {len(about.editions)}. Alte Sicherungen gelöscht: {len(gone)}."
    )
    return folder / name


def _keep(archive: Path, target: Path) -> None:
    """Give it its name once it is on the disk; its digest beside it says that it is whole."""
    digest = Path(f"{archive}.sha256")
    digest.write_text(f"{sha256_of(archive)}  {target.name}\n")
    for path in (archive, digest):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    archive.rename(target)
    digest.rename(Backup(datetime.datetime.min, target).digest)
    descriptor = os.open(target.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _require_space(folder: Path, size: int) -> None:
    """A dump, its archive, and the encrypted one stand side by side for a while."""
    free, needed = shutil.disk_usage(folder).free, 3 * size
    if free < needed:
        raise Refused(
            f"In {folder} sind {free >> 20} MB frei, nötig sind {needed >> 20} MB. Bitte Platz schaffen."
        )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One backup at a time; what one that was killed left is taken away."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("Es läuft schon eine Sicherung.") from error
        for left in folder.glob(".unfertig-*"):
            shutil.rmtree(left)
        yield


if __name__ == "__main__":
    os.umask(0o077)
    ending(main)
