"""Load the sample data, or remove them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_strategy.strategy_files.sample import load_sample
from herne_strategy.strategy_files.sample_removal import remove_sample
from herne_strategy.strategy_files.strategy_yaml import FileError


class Command(BaseCommand):
    help = (
        "Loads the sample data, freezes and publishes its editions, to show the portal at work. Run it after "
        "load_strategy, and never where the public reads. With --remove everything of it is deleted and the "
        "last real edition is shown again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        default = Path(settings.BASE_DIR) / "fixtures" / "beispiel.yaml"
        parser.add_argument("--remove", action="store_true", help="delete all sample data")
        parser.add_argument("--file", type=Path, default=default, help="another file of sample data")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self._remove()
        else:
            self._load(options["file"])

    def _load(self, path: Path) -> None:
        try:
            outcome = load_sample(path)
        except FileError as error:
            raise CommandError("\n".join([*error.messages, "Nichts wurde geladen."])) from error
        if outcome is None:
            self.stdout.write("Die Beispieldaten sind schon geladen; nichts wurde geändert.")
            return
        self.stdout.write(f"Beispieldaten: {outcome.nodes} Knoten, {outcome.progress} Umsetzungsstände.")
        for edition in outcome.editions:
            self.stdout.write(f"Fassung {edition.slug}, SHA-256 {edition.digest}")

    def _remove(self) -> None:
        try:
            removed = remove_sample()
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, "Nichts wurde entfernt."])) from error
        self.stdout.write(
            f"Entfernt: {removed.nodes} Knoten, {removed.progress} Umsetzungsstände, "
            f"{removed.departments} Fachbereiche, {removed.editions} Fassungen."
        )
        shown = f"„{removed.shown.title}“" if removed.shown else "keine"
        self.stdout.write(f"Gezeigte Fassung: {shown}")
