"""Check an archive without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from council.archive.checking import NoArchive, digest_in, problems


class Command(BaseCommand):
    help = (
        "Run on an archive (archiv.zip) of an edition, on any machine: says whether all of it is there and as it "
        "was made. It needs no database and changes nothing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            found = problems(path)
        except NoArchive as error:
            raise CommandError(f"{path}: {error}") from error
        if found:
            raise CommandError("\n".join(f"{path}: {problem}" for problem in found))
        self.stdout.write(_("%(file)s is whole and unchanged.") % {"file": path})
        self.stdout.write(
            _("Compare the digest of its edition with the one on paper or on the web: %(digest)s")
            % {"digest": digest_in(path)}
        )
