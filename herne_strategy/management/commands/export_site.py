"""Gives the whole portal away as a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_strategy.static_site.export import NotOurs, export


class Command(BaseCommand):
    help = (
        "Writes all public pages, editions, stylesheets and finished PDFs into a folder that any web server can show, "
        "or a browser without one. An earlier export in that folder is replaced; anything else is never touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="An empty or new folder, or that of an earlier export")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = export(folder.absolute())
        except NotOurs:
            raise CommandError(
                f"In {folder} liegt etwas anderes als ein früherer Export. Bitte einen leeren Ordner angeben."
            ) from None
        except OSError as error:
            raise CommandError(f"In {folder} kann nicht geschrieben werden: {error}") from None
        self.stdout.write(f"{len(made.addresses)} Dateien in {folder}.")
        if made.unfinished:
            self.stdout.write(
                f"{len(made.unfinished)} PDFs und Archive fehlen, weil sie noch niemand abgerufen hat; "
                "Links auf sie führen zum Portal."
            )
