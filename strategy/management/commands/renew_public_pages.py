"""Have all servers make public pages anew."""

from typing import Any

from django.core.management.base import BaseCommand

from strategy.editions.models import PublicState


class Command(BaseCommand):
    help = (
        "Has all servers forget the public pages that they keep, within a second. deploy/restore runs it; run it "
        "yourself after rows were changed past the portal."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        PublicState.objects.raise_revision()
        self.stdout.write("Alle öffentlichen Seiten entstehen neu.")
