"""Delete a working edition."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from strategy.editions import actions
from strategy.editions.models import Edition


class Command(BaseCommand):
    help = "Run to remove a working edition that is not shown. One that the council has had is never deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="The edition's address, as in /fassungen/<slug>/")
        parser.add_argument("--yes", action="store_true", help="Delete without asking")

    def handle(self, *args: Any, slug: str, yes: bool, **options: Any) -> None:
        edition = Edition.objects.filter(slug=slug).first()
        if edition is None:
            raise CommandError(f"Es gibt keine Fassung „{slug}“.")
        if not yes and self._answer(f"„{edition}“ ({slug}) endgültig löschen? Tippen Sie „ja“: ") != "ja":
            raise CommandError("Nichts gelöscht.")
        try:
            actions.delete(edition)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Gelöscht: {slug}")

    def _answer(self, question: str) -> str:
        try:
            return input(question)
        except EOFError as error:
            self.stdout.write()
            raise CommandError(
                "Nichts gelöscht: Hier kann niemand antworten, bitte mit --yes bestätigen."
            ) from error
