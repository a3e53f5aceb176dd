"""Blacken what two persons have ordered, for good."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, ProgrammingError
from django.utils import timezone

from herne_strategy.redaction.carrying_out import Plan, carry_out, clear_files, plan, vacuum
from printing.pdf.making import Busy, Failed
from strategy.editions.redaction.leftovers import leftovers
from strategy.editions.redaction.orders import RedactionOrder
from strategy.editions.redaction.places import find

ELSEWHERE = (
    "Server neu starten: Jeder hält Fassungen im Speicher.",
    "Andere Server: dort ebenso, und DATA_DIR/pdf und SITE_DIR leeren. Hier ist das geschehen. Was export_site "
    "irgendwohin geschrieben hat, neu schreiben.",
    "Sicherungen der Datenbank bis heute, {today:%d.%m.%Y}, auch WAL-Archive, Replikate und Abzüge zum Testen: Sie "
    "enthalten den alten Text, bis sie gelöscht sind. Wer eine zurückspielt, muss danach noch einmal schwärzen.",
    "Zwischenspeicher davor: Proxy, Suchmaschinen (Entfernung beantragen), Web-Archive.",
    "Was andere haben: Ratsinformationssystem, Stadtarchiv, heruntergeladene PDFs und Archive, Papier, E-Mails.",
)


class Command(BaseCommand):
    help = (
        "Run once an order to blacken is confirmed in the administration: replaces the words in editions, in the files "
        "that the council had, and in the history, for good; then lists what lies elsewhere. Run it with the "
        "database's owner (the role of migrations), after a backup. --dry-run shows what would change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("order", type=int, help="The order's number, as the administration shows it")
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--original",
            action="append",
            default=[],
            metavar="EDITION=FILE",
            help="the blackened PDF in place of an uploaded original",
        )
        parser.add_argument(
            "--drop-original",
            action="append",
            default=[],
            metavar="EDITION",
            help="remove an uploaded original without a successor",
        )

    def handle(self, *args: Any, order: int, dry_run: bool, yes: bool, **options: Any) -> None:
        wanted = RedactionOrder.objects.filter(pk=order).first()
        if wanted is None:
            raise CommandError(f"Es gibt keine Anordnung {order}.")
        originals = _originals(options["original"], options["drop_original"])
        try:
            planned = plan(wanted, originals)
            self._say(planned)
            if dry_run:
                self.stdout.write("Nichts geändert (--dry-run).")
                return
            if not yes and not self._is_confirmed():
                raise CommandError("Nichts geschwärzt.")
            carry_out(wanted, originals)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except (Busy, Failed, OSError) as error:
            raise CommandError(
                f"Nichts geschwärzt: Die PDFs ließen sich nicht herstellen ({error})."
            ) from error
        except ProgrammingError as error:
            raise CommandError(
                "Nichts geschwärzt: Diese Datenbankrolle darf die Trigger nicht abnehmen, die Fassungen schützen. "
                f"Bitte mit der Rolle der Migrationen ausführen (docs/betrieb/loeschung.md). ({error})"
            ) from error
        self.stdout.write("Geschwärzt.")
        failed = self._cleared()
        self._say_what_is_left(planned.words)
        if failed:
            raise CommandError(f"Geschwärzt ist alles. Das blieb übrig, bitte von Hand erledigen: {failed}")

    def _cleared(self) -> str:
        """What could not be done away with of the old text, in words; "" where all could."""
        failed = []
        for what, clear in (
            ("DATA_DIR/pdf und SITE_DIR leeren", clear_files),
            ("VACUUM der Datenbank", vacuum),
        ):
            try:
                clear()
            except (Busy, OSError, DatabaseError) as error:
                failed.append(f"{what} ({error or type(error).__name__})")
        return "; ".join(failed)

    def _say(self, planned: Plan) -> None:
        for each in planned.copies:
            self.stdout.write(f"Fassung {each.before.slug}: {each.note}")
            self.stdout.write(f"  Prüfsumme bisher {each.before.digest}")
            self.stdout.write(f"  Prüfsumme danach {each.after.digest}")
        for place in planned.records:
            self.stdout.write(f"{place.name} ({place.count}-mal)")

    def _say_what_is_left(self, words: list[str]) -> None:
        self._list(
            "Hier stehen die Wörter noch, bitte von Hand ändern:",
            [f"{each.kind}: {each.name}" for typed in words for each in leftovers(typed)],
        )
        self._list(
            "Hier stehen sie noch, weil die Anordnung sie ausnimmt oder älter ist als sie:",
            [place.name for typed in words for place in find(typed)],
        )
        self._list(
            "Was außerhalb der Datenbank liegt:",
            [sentence.format(today=timezone.localdate()) for sentence in ELSEWHERE],
        )

    def _list(self, heading: str, lines: list[str]) -> None:
        if lines:
            self.stdout.write("\n".join(["", heading, *(f"- {line}" for line in lines)]))

    def _is_confirmed(self) -> bool:
        try:
            return input("Das lässt sich nicht rückgängig machen. Schwärzen? Tippen Sie „ja“: ") == "ja"
        except EOFError as error:
            self.stdout.write()
            raise CommandError(
                "Nichts geschwärzt: Hier kann niemand antworten, bitte mit --yes bestätigen."
            ) from error


def _originals(given: list[str], dropped: list[str]) -> dict[str, bytes | None]:
    """The blackened files by the address of their edition; None for one that goes."""
    originals: dict[str, bytes | None] = dict.fromkeys(dropped)
    for each in given:
        slug, equals, name = each.partition("=")
        if not equals:
            raise CommandError("--original wird so geschrieben: ADRESSE-DER-FASSUNG=DATEI.pdf")
        try:
            originals[slug] = Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"Die Datei {name} lässt sich nicht lesen ({error.strerror}).") from error
    return originals
