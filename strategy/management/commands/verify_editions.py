"""Check that every edition, and what else is frozen, is as it was frozen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from strategy.editions import triggers
from strategy.editions.integrity import damage, damage_of_kept
from strategy.editions.models import Edition


class Command(BaseCommand):
    help = (
        "Checks that every edition and every status report is as it was frozen, and that the database still protects "
        "it. Run it daily, and after a backup was restored. It changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        damaged = []
        for edition in Edition.objects.newest_first():
            wrong = damage(edition)
            same = (
                "unverändert seit der Schwärzung"
                if edition.is_redacted
                else "unverändert seit dem Einfrieren"
            )
            self.stdout.write(f"{edition.slug}: {' '.join(wrong) or same}")
            if wrong:
                damaged.append(edition.slug)
        for name, wrong in damage_of_kept():
            self.stdout.write(f"{name}: {' '.join(wrong) or 'unverändert seit dem Einfrieren'}")
            if wrong:
                damaged.append(name)
        problems = [f"Beschädigte Fassungen: {', '.join(damaged)}."] if damaged else []
        if missing := triggers.missing():
            problems.append(
                f"Der Datenbank fehlen Trigger, die Fassungen schützen: {', '.join(missing)}. "
                "„manage.py migrate --skip-checks“ legt sie an."
            )
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("Alle Fassungen sind unverändert.")
