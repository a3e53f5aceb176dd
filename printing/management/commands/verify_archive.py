"""Check an archive without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from printing.archive.checking import COUNCIL, EDITION, PDFS, TEXTS, NoArchive, digest_in, problems
from printing.archive.tables import levels_by_table


class Command(BaseCommand):
    help = (
        "Run on an archive (archiv.zip) of an edition, on any machine: says whether all of it is there, what of it "
        "is proven, and what not. It needs no database and changes nothing."
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
        self.stdout.write(_("%(file)s: all files are there, and nothing was found wrong.") % {"file": path})
        for sentence in _proven(digest_in(path)):
            self.stdout.write(f"- {sentence}")


def _proven(digest: str) -> list[str]:
    """What is known of an archive in which nothing was found wrong, and what is not."""
    return [
        _(
            "%(edition)s is the edition with this digest: %(digest)s. Compare it with the one on paper or on the web."
        )
        % {"edition": EDITION, "digest": digest},
        _("%(tables)s say the same as %(edition)s, in every cell.")
        % {"tables": ", ".join(levels_by_table()), "edition": EDITION},
        _("%(council)s is about the same edition, and has the paper and the day that its seal names.")
        % {"council": COUNCIL},
        _(
            "%(others)s are the files that the list of checksums names: none was damaged. The list lies in the "
            "archive itself, so it cannot prove that nobody has exchanged a file and the list."
        )
        % {"others": ", ".join((COUNCIL, *PDFS, *TEXTS))},
    ]
