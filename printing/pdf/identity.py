"""What a file made from an edition depends on, and what it is called."""

from collections.abc import Mapping

from django.utils.text import slugify

from printing.printout import DEPARTMENT, DISTRICT, LONG, SHORT, Printout
from printing.title_sheet import TitleSheet
from strategy.document.data import Plain
from strategy.editions.models import Edition
from strategy.text.letters import plain_letters
from strategy.text.rules import folded
from strategy.tree.levels import level_of

SEAL = ("state", "paper_number", "decided_by", "decided_on", "result", "withheld_on")


def identity(edition: Edition, sheet: TitleSheet) -> list[Plain]:
    """The edition's digest, its state and seal, what the council did with it, what of it is printed, and as what."""
    return [edition_identity(edition), list(sheet.papers), sheet.path, sheet.label]


def edition_identity(edition: Edition) -> dict[str, str | bool]:
    """What a file shows of an edition beside the council's papers, as plain data."""
    seal = {name: str(getattr(edition, name) or "") for name in SEAL}
    named = {"slug": edition.slug, "title": edition.title, "frozen_at": edition.frozen_at.isoformat()}
    note = {"redaction_note": edition.redaction_note} if edition.is_redacted else {}
    return {"digest": edition.digest, "is_public": edition.is_public, **named, **seal, **note}


def file_name(meta: Mapping[str, Plain], slug: str, form: str, suffix: str = ".pdf") -> str:
    """Such as "herne-nachhaltigkeitsstrategie-2027-langfassung.pdf"."""
    city = slugify(plain_letters(folded(meta["city"])))
    return f"{city}-nachhaltigkeitsstrategie-{slug}-{form}".lstrip("-") + suffix


def form_in_name(printout: Printout) -> str:
    """The form of a printout as a part of a file's name."""
    if printout.scope in (LONG, SHORT):
        return "langfassung" if printout.scope == LONG else "kurzfassung"
    if printout.scope in (DISTRICT, DEPARTMENT):
        return slugify(printout.query.replace("=", "-"))
    entry = printout.entries[0]
    return slugify(f"{level_of(entry.kind).paper.alone}-{entry.code.replace('.', '-')}")
