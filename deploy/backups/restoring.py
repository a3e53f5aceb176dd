"""Puts a backup in the place of the database, once all of it was checked beside it."""

import argparse
import datetime
import io
import os
import tempfile
from pathlib import Path

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from deploy.backups import backup_file, postgresql, sqlite
from deploy.backups.backup_file import About
from deploy.backups.configuration import Refused, ending, read
from deploy.backups.table_digests import differences

Replacement = postgresql.Replacement | sqlite.Replacement


def main() -> int:
    """Restore a backup, or try whether one could be."""
    arguments = _arguments()
    configuration = read(arguments.env)
    if arguments.name:
        configuration = configuration.with_name(arguments.name)
    stamp = f"{datetime.datetime.now(datetime.UTC):%Y%m%d_%H%M%S}"
    with tempfile.TemporaryDirectory(prefix="strategie-") as temporary:
        about, database = backup_file.read(arguments.file, arguments.identity, Path(temporary))
        kind = postgresql if configuration.is_postgresql else sqlite
        if about.kind != kind.KIND:
            raise Refused(f"Das ist eine Sicherung von {about.kind}; die Datenbank hier ist {kind.KIND}.")
        replacement = kind.Replacement(configuration, stamp)
        is_empty = replacement.is_target_empty()
        if not (is_empty or arguments.replace or arguments.check):
            raise Refused(
                "Die Datenbank ist nicht leer. „--replace“ setzt die Sicherung an ihre Stelle und hebt ihren "
                "jetzigen Stand auf; „--check“ prüft nur."
            )
        _set_up(replacement.url)
        _require_known(about)
        try:
            said = _prepare(replacement, about, database)
            if arguments.check:
                print(
                    f"{said}\nNur geprüft: Die Sicherung lässt sich wiederherstellen. Nichts wurde geändert."
                )
                return 0
            former = replacement.take_place(keep=not is_empty)
        finally:
            replacement.drop()
    _report(about, said, former, arguments.name)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="deploy/restore",
        description="Stellt eine Sicherung wieder her: neben der Datenbank, geprüft, dann an ihrer Stelle. Aus der "
        "Umgebung: DATABASE_URL, DATABASE_OWNER_URL (die Rolle, der die Tabellen gehören) und die Einstellungen des "
        "Portals.",
    )
    parser.add_argument("file", type=Path, help="die Sicherung")
    parser.add_argument("--env", type=Path, action="append", default=[], help="Datei mit Umgebungsvariablen")
    parser.add_argument("--identity", type=Path, help="Datei mit dem geheimen Schlüssel für age")
    parser.add_argument(
        "--as", dest="name", help="in eine neue Datenbank dieses Namens; die jetzige bleibt in Betrieb"
    )
    parser.add_argument("--replace", action="store_true", help="auch wenn die Datenbank nicht leer ist")
    parser.add_argument("--check", action="store_true", help="nur prüfen, ob sie sich wiederherstellen lässt")
    return parser.parse_args()


def _set_up(url: str) -> None:
    """Have the portal's commands work with this database."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()


def _require_known(about: About) -> None:
    """A database of a newer program is not what this one works with."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(about.migrations) - known):
        raise Refused(
            f"Die Sicherung stammt von einem neueren Programm ({about.program}), das {unknown[0]} kennt: erst das "
            "Programm aktualisieren."
        )


def _prepare(replacement: Replacement, about: About, database: Path) -> str:
    """Restore beside the database in use, and check all: what the commands say."""
    if wrong := differences(replacement.restore(database), about.tables):
        raise Refused(
            f"Wiederhergestellt steht anderes in der Datenbank als gesichert wurde: {', '.join(wrong)}."
        )
    said = io.StringIO()
    try:
        call_command("migrate", skip_checks=True, verbosity=0)
        call_command("verify_editions", stdout=said)
        call_command("check_tree", stdout=said)
        call_command("renew_public_pages", stdout=io.StringIO())
    except (CommandError, DatabaseError) as error:
        raise Refused(f"Die Sicherung ist nicht in Ordnung: {said.getvalue()}{error}") from error
    finally:
        connections.close_all()
    replacement.give_rights()
    return said.getvalue().strip()


def _report(about: About, said: str, former: str, name: str | None) -> None:
    print(said)
    if name:
        print(
            f"Die neue Datenbank {name} hat den Stand von {about.made_at}. Jetzt in der Umgebung ihren Namen eintragen "
            f"(DATABASE_URL, DATABASE_OWNER_URL, DATABASE_BACKUP_URL) und die Server neu starten."
        )
        return
    print(
        f"Die Datenbank hat wieder den Stand von {about.made_at}. Laufende Server merken es innerhalb einer Sekunde."
    )
    if former:
        print(f"Der Stand davor: {former}. Wird er nicht mehr gebraucht, bitte löschen.")
    print(
        "Jetzt zu tun: Alle müssen sich neu anmelden. Konten, die seit der Sicherung gesperrt oder deren Passwort oder "
        "zweiter Faktor geändert wurden, gelten wieder wie damals: bitte erneut sperren oder ändern. Was seitdem auf "
        "Anordnung gelöscht wurde, ist wieder da: bitte erneut löschen."
    )


if __name__ == "__main__":
    os.umask(0o077)
    ending(main)
