"""Take an edition from the public for a legal reason, or give it back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from strategy.editions import actions
from strategy.editions.models import Edition


class Command(BaseCommand):
    help = (
        "Run for a legal order or personal data: the edition's addresses then answer with the reason (410). "
        "Content and digest stay, staff can read it. --release ends it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="The edition's address, as in /fassungen/<slug>/")
        parser.add_argument("--reason", default="", help="What readers see instead of the edition")
        parser.add_argument("--release", action="store_true", help="End the withholding")

    def handle(self, *args: Any, slug: str, reason: str, release: bool, **options: Any) -> None:
        edition = Edition.objects.filter(slug=slug).first()
        if edition is None:
            raise CommandError(f"Es gibt keine Fassung „{slug}“.")
        try:
            actions.release(edition) if release else actions.withhold(edition, reason=reason)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{'Wieder öffentlich' if release else 'Zurückgehalten'}: {slug}")
