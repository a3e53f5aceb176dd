"""Encrypt what is stored of second factors with the newest key."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.encryption import name_of
from accounts.secret_rotation import rotate


class Command(BaseCommand):
    help = (
        "Encrypts the secrets of all second factors with the first key of SECOND_FACTOR_KEYS. Run it after the "
        "update that brings the setting, and whenever a new key stands first there. May run again any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only print what would change")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        newest, *older = map(name_of, settings.SECOND_FACTOR_KEYS)
        done = rotate(dry_run=dry_run)
        change = "Zu verschlüsseln" if dry_run else "Verschlüsselt"
        self.stdout.write(
            f"{change}: {done.changed}. Schon mit dem ersten Schlüssel ({newest}): {done.unchanged}."
        )
        if done.unreadable:
            missing = ", ".join(f"{name} ({count})" for name, count in sorted(done.unreadable.items()))
            raise CommandError(
                f"Nicht lesbar: {done.unreadable.total()}. In SECOND_FACTOR_KEYS fehlt der Schlüssel dafür: {missing}."
            )
        if older and not dry_run:
            self.stdout.write(
                f"Kein zweiter Faktor braucht die Schlüssel nach dem ersten noch ({', '.join(older)}): Sie können aus "
                "SECOND_FACTOR_KEYS heraus. Wer eine frühere Sicherung einspielt, braucht sie wieder."
            )
