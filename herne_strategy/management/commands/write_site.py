"""Publishes pages as files."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_strategy.static_site.application import Failed
from herne_strategy.static_site.writer import AlreadyRunning, Writer, alone, filled_once
from strategy.postgresql import pool_connections


class Command(BaseCommand):
    help = (
        "Writes all public pages as files into SITE_DIR, from where nginx answers, and writes them anew whenever "
        "something public changes. Runs as long as the portal does; with --once it writes them once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Write once and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        try:
            with alone():
                if once:
                    self._write_once()
                else:
                    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
                    pool_connections()
                    Writer().run()
        except AlreadyRunning:
            raise CommandError("In SITE_DIR schreibt schon ein anderer Prozess (write_site).") from None
        except OSError as error:
            raise CommandError(f"In SITE_DIR kann nicht geschrieben werden: {error}") from None

    def _write_once(self) -> None:
        try:
            filling = filled_once()
        except Failed as failed:
            raise CommandError(
                f"Die Anwendung antwortet nicht, nichts wurde umgestellt ({failed})."
            ) from None
        for address, why in filling.refused.items():
            self.stderr.write(f"{address} beantwortet nur die Anwendung: {why}")
        counts = f"{filling.files.written} Dateien geschrieben, {filling.files.unchanged} unverändert"
        self.stdout.write(f"{counts}, {len(filling.refused)} ausgelassen.")
