"""Freeze the working tree into an edition."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from council.freeze_actions import freeze_with_paper


class Command(BaseCommand):
    help = (
        "Freezes the working tree into a working edition. Run it when a state of the strategy is to be kept, "
        "discussed or published. The public sees nothing of it before publish_edition. What is not given is "
        "taken from the strategy's title page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", help="address of the edition")
        parser.add_argument("--title", help="title of the edition")
        parser.add_argument("--remark", help="what the edition is, and what is missing in it")
        parser.add_argument("--paper", help="number of the council paper that it refers to; '' for none")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ("slug", "title", "remark", "paper")}
        try:
            edition = freeze_with_paper(**given)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"Eingefroren: {edition.slug}, SHA-256 {edition.digest}")
