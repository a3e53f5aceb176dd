"""Publishes pages as files."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_strategy.static_site.writer import AlreadyRunning, Writer, alone


class Command(BaseCommand):
    help = (
        "Writes all public pages as files into SITE_DIR, from where nginx answers, and writes them anew whenever "
        "something public changes. Runs as long as the portal does; with --once it writes them once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Write once and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            with alone():
                if once:
                    self._write_once()
                else:
                    Writer().run()
        except AlreadyRunning:
            raise CommandError("In SITE_DIR schreibt schon ein anderer Prozess (write_site).") from None

    def _write_once(self) -> None:
        filled = Writer().fill_once()
        for address, deviation in filled.refused.items():
            self.stderr.write(f"{address}: andere Kopfzeilen als nginx senden würde ({deviation}).")
        self.stdout.write(
            f"{filled.written} Dateien geschrieben, {filled.unchanged} unverändert, {len(filled.refused)} ausgelassen."
        )
