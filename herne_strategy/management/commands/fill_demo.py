"""What `make run` puts into an empty database: the real strategy, published, and the sample beside it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from strategy.models import Edition, Node


class Command(BaseCommand):
    help = (
        "Run by `make run`: fills an empty database with the real strategy and the sample. Changes no other."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_pages", stdout=self.stdout)
        if Node.objects.exists() or Edition.objects.exists():
            return
        fixture = settings.BASE_DIR / "fixtures" / "herne.yaml"
        call_command("load_strategy", str(fixture), stdout=self.stdout)
        call_command("freeze_edition", stdout=self.stdout)
        edition = Edition.objects.get()
        call_command("publish_edition", edition.slug, stdout=self.stdout)
        call_command("load_sample", stdout=self.stdout)
