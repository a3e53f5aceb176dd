"""Put the delivered legal texts into the database, where they can be edited."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from legal.legal_page import delivered, missing_slugs
from legal.models import LegalSlug
from strategy.editions.public_rows import write


class Command(BaseCommand):
    help = (
        "Run after installing: puts the delivered legal texts (imprint, privacy, ...) into the database, so "
        "that they can be edited. A text that is there is never changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be created only")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        with transaction.atomic():
            missing = missing_slugs()
            if missing and not dry_run:
                write(save=[delivered(slug) for slug in missing])
        for slug in missing:
            self.stdout.write(slug)
        sentence = (
            "%(created)d Rechtstexte würden angelegt, %(kept)d sind schon da."
            if dry_run
            else "%(created)d Rechtstexte angelegt, %(kept)d waren schon da."
        )
        self.stdout.write(sentence % {"created": len(missing), "kept": len(LegalSlug.values) - len(missing)})
