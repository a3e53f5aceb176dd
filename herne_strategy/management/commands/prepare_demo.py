"""What `make run` does before it serves, in one go: a second call takes a second or two."""

import io
import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from strategy.editions.models import Edition
from strategy.tree.models import Node


class Command(BaseCommand):
    help = (
        "Run by `make run`: makes fonts, translations, static files and tables, and fills an empty database with "
        "the real strategy, published, and the sample beside it. Leaves a database that holds anything alone."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", help="Stop at once where no server can listen on this port")

    def handle(self, *args: Any, port: str | None = None, **options: Any) -> None:
        if port is not None:
            check_port(port)
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


def check_port(port: str) -> None:
    """A server can listen there, as far as one can tell before it does."""
    if not port.isdecimal() or int(port) not in range(1, 65536):
        raise CommandError(f"PORT ist „{port}“, muss aber eine Zahl von 1 bis 65535 sein.")
    try:
        socket.create_server(("127.0.0.1", int(port))).close()
    except OSError as error:
        other = 8081 if port == "8080" else 8080
        raise CommandError(
            f"PORT {port} ist belegt oder gesperrt; einen anderen nimmt „PORT={other} make run“."
        ) from error
