"""Choose the edition that the public reads at the start page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from strategy.editions.actions import publish
from strategy.editions.models import Edition


class Command(BaseCommand):
    help = (
        "Makes an edition the one that the public reads at the start page. Run it after freeze_edition, or to "
        "show an earlier edition again. Editions shown before stay public at their own addresses."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="address of the edition")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"]
        edition = Edition.objects.filter(slug=slug).first()
        if edition is None:
            known = ", ".join(Edition.objects.newest_first().values_list("slug", flat=True)) or "keine"
            raise CommandError(f"Die Fassung „{slug}“ gibt es nicht; vorhanden: {known}.")
        try:
            publish(edition)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"Veröffentlicht: {edition.slug} („{edition.title}“)")
