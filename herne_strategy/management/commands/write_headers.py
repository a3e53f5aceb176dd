"""Tells nginx which headers the application sends."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_strategy.static_site.application import Failed
from herne_strategy.static_site.nginx_headers import header_files


class Command(BaseCommand):
    help = (
        "Writes the headers of the application's answers as files that nginx includes (deploy/nginx/), so that it "
        "sends the same with published files. Run it after each update and change of a setting, then reload nginx."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="The folder of nginx's files, such as /etc/nginx/strategie"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            files = header_files()
        except Failed as failed:
            raise CommandError(
                "Die Anwendung antwortet nicht wie gewohnt; vielleicht ist die Datenbank nicht zu erreichen. "
                f"Nichts wurde geschrieben ({failed})."
            ) from None
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text)
            self.stdout.write(str(folder / name))
