"""Delete the personal data whose period is over."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from herne_strategy.personal_data.clearing import run, steps


class Command(BaseCommand):
    help = (
        "Run every night (also in place of clearsessions): deletes the personal data whose period is over, such as "
        "ended sessions and reports of barriers that were dealt with long ago. A second run deletes nothing more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how much would be deleted")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        failed = []
        for step in steps():
            try:
                count = run(step, dry_run=dry_run)
            except Exception as error:  # the others are over their periods too
                failed.append(step.says)
                self.stderr.write(f"{step.says}: {error}")
                continue
            self.stdout.write(f"{step.says}: {count} {'zu löschen' if dry_run else 'gelöscht'}")
        if failed:
            raise CommandError(f"Nicht gelöscht: {', '.join(failed)}.")
