"""What `make run` does before it serves, in one go: a second call takes a second or two."""

import io
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from strategy.models import Edition, Node


class Command(BaseCommand):
    help = (
        "Run by `make run`: makes fonts, translations, static files and tables, and fills an empty database with "
        "the real strategy, published, and the sample beside it. Leaves a database that holds anything alone."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("build_assets", verbosity=0)
        call_command("migrate", verbosity=0)
        self._collect_static()
        call_command("load_pages", stdout=self.stdout)
        call_command("create_roles", verbosity=0, stdout=io.StringIO())
        if not Node.objects.exists() and not Edition.objects.exists():
            self._fill()

    def _collect_static(self) -> None:
        """Compressing the files takes ten seconds: only where this version has not done it yet."""
        stamp = settings.STATIC_ROOT / "version.txt"
        if not stamp.exists() or stamp.read_text() != settings.PROGRAM_VERSION:
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(settings.PROGRAM_VERSION)

    def _fill(self) -> None:
        fixture = settings.BASE_DIR / "fixtures" / "herne.yaml"
        call_command("load_strategy", str(fixture), stdout=self.stdout)
        call_command("freeze_edition", stdout=self.stdout)
        call_command("publish_edition", Edition.objects.get().slug, stdout=self.stdout)
        call_command("load_sample", stdout=self.stdout)
