"""Check an archive without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from printing.archive.checking import (
    COUNCIL,
    EDITION,
    PDFS,
    TEXTS,
    NoArchive,
    digest_in,
    further_pdfs,
    problems,
)
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
            wrong = problems(path)
        except NoArchive as error:
            raise CommandError(f"{path}: {error}") from error
        if wrong:
            raise CommandError("\n".join(f"{path}: {problem}" for problem in wrong))
        self.stdout.write(f"{path}: Alle Dateien sind da, und es wurde kein Fehler gefunden.")
        for sentence in _proven(digest_in(path), further_pdfs(path)):
            self.stdout.write(f"- {sentence}")


def _proven(digest: str, further: list[str]) -> list[str]:
    """What is known of an archive in which nothing was found wrong, and what is not."""
    tables, others = ", ".join(levels_by_table()), ", ".join((COUNCIL, *PDFS, *further, *TEXTS))
    return [
        f"{EDITION} ist die Fassung mit dieser Prüfsumme: {digest}. Vergleichen Sie sie mit der auf dem Papier oder im "
        "Portal.",
        f"{tables} sagen in jeder Zelle dasselbe wie {EDITION}.",
        f"{COUNCIL} gehört zu derselben Fassung. Ist sie im Rat gewesen, stehen Vorlage und Tag darin.",
        f"{others} sind die Dateien, die die Liste der Prüfsummen nennt: Keine ist beschädigt. Die Liste liegt im "
        "Archiv selbst. Sie kann nicht beweisen, dass niemand eine Datei und die Liste zugleich ausgetauscht hat.",
    ]
