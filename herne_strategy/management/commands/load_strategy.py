"""Load a strategy file into the working tree."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_strategy.strategy_files.loading import Outcome, load
from herne_strategy.strategy_files.strategy_yaml import FileError


class Command(BaseCommand):
    help = (
        "Loads a strategy file (docs/strategie-datei.md) into the working tree. Run it to fill an empty portal, "
        "or after the file was changed. It creates and changes what the file names and deletes nothing; what "
        "an editor changed since is left alone. What the public reads changes only with the next edition."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file, such as fixtures/herne.yaml")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change, and change nothing"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="take the file also where an editor changed a node since"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = load(options["file"], dry_run=options["dry_run"], overwrite=options["overwrite"])
        except FileError as error:
            raise CommandError("\n".join([*error.messages, "Nichts wurde geladen."])) from error
        self._report(outcome, is_dry_run=options["dry_run"])
        if outcome.left_alone:
            raise CommandError("\n".join(outcome.left_alone))

    def _report(self, outcome: Outcome, *, is_dry_run: bool) -> None:
        for sentence in outcome.rows:
            self.stdout.write(sentence)
        if is_dry_run:
            self.stdout.write("Probelauf, nichts wurde geschrieben:")
        self.stdout.write(
            f"Knoten: {outcome.created} neu, {outcome.changed} geändert, {outcome.unchanged} unverändert."
        )
