"""A printout as the plain data that the templates set. All German in a file comes from here."""

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from printing.page_margins import edition_line, standing_of
from printing.pdf import blocks, cover
from printing.pdf.blocks import Block
from printing.pdf.characters import settable
from printing.pdf.measure_table import measure_table
from printing.printout import DEPARTMENT, DISTRICT, LONG, SHORT
from printing.title_sheet import TitleSheet
from strategy.document.data import Plain
from strategy.editions.models import Edition

BOOKS = (LONG, SHORT)  # with a title sheet and a table of contents


def printout_data(sheet: TitleSheet) -> dict[str, Plain]:
    """What the template "strategy" sets. Parts begin a sheet of their own; `compact` ones share the first with
    the head of the file, `flowing` ones follow the contents."""
    printout, meta = sheet.printout, sheet.document.meta
    is_book = printout.scope in BOOKS
    head = cover.cover(sheet)
    has_lines = printout.scope == LONG and sheet.is_debated
    title = f"{meta['title']}: {sheet.form} · {_foot(sheet.edition)}"
    framed = frame(title, head["city"], [sheet.edition], meta["has_sample"])
    if has_lines:
        framed["feet"].insert(1, _("Lines as in the long form"))
    if sheet.label:
        framed["feet"].insert(0, sheet.label)
    return settable(
        {
            **framed,
            "running": meta["title"],
            "cover": head,
            "compact": not is_book,
            "flowing": printout.scope == SHORT,
            "continued": _("(continued)"),
            "contents": _("Contents"),
            "lines": _("Lines are numbered through the whole text.") if has_lines else "",
            "papers": cover.papers(sheet, 2 if is_book else 1),
            "remark": cover.remark(sheet, 2 if is_book else 1),
            "qr": cover.qr(sheet),
            "parts": _parts(sheet),
        }
    )


def frame(title: str, author: str, editions: list[Edition | None], has_sample: bool) -> dict[str, Plain]:
    """What every file has: its title and date, what it says of its editions, the foot of each sheet."""
    newest = editions[-1]
    day = timezone.localdate(newest.frozen_at) if newest else timezone.localdate()
    feet = [_foot(edition) for edition in editions]
    if has_sample:
        feet.append(_("Contains sample data: what is titled “Beispiel:” is made up."))
    return {
        "title": title,
        "author": author,
        "date": [day.year, day.month, day.day],
        "description": "; ".join(map(edition_line, editions)),
        "keywords": [each.digest for each in editions if each],
        "feet": feet,
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }


def _foot(edition: Edition | None) -> str:
    if edition is None:
        return edition_line(None)
    return " · ".join([short(edition.title, 60), *standing_of(edition)])


def short(text: str, length: int) -> str:
    """The text for a line that must not break."""
    return Truncator(text).chars(length)


def _parts(sheet: TitleSheet) -> list[dict[str, Plain]]:
    printout = sheet.printout
    if printout.scope == LONG:
        return [
            _part(root.name, blocks.whole(printout.document, [root], has_contents=True))
            for root in printout.entries
        ]
    if printout.scope == SHORT:
        return [_part(sheet.form, _short(sheet))]
    if printout.scope in (DISTRICT, DEPARTMENT):
        return [_part(sheet.form, _list(sheet))]
    content = blocks.whole(printout.document, printout.entries, has_contents=False)
    return [_part(printout.entries[0].name, [*_above(sheet), *content])]


def _part(running: str, content: list[Block]) -> dict[str, Plain]:
    return {"running": short(running, 70), "blocks": content}


def _above(sheet: TitleSheet) -> list[Block]:
    """What an entry that is printed alone belongs to."""
    names = " › ".join(each.name for each in sheet.above)
    return [{"is": "note", "text": _("Belongs to: %(names)s") % {"names": names}}] if names else []


def _short(sheet: TitleSheet) -> list[Block]:
    """The themes with their goals, then the table of measures, which takes the room of the codes beside it too."""
    printout = sheet.printout
    content = [block for theme in printout.entries for block in blocks.goals(printout.document, theme)]
    if printout.measures:
        top = blocks.heading(_("All measures"), 1, style="chapter", in_contents=True)
        content.append({"is": "wide", "of": [top, *_table(sheet)]})
    return content


def _list(sheet: TitleSheet) -> list[Block]:
    """The table first, then the own measures in full."""
    printout = sheet.printout
    content = [blocks.heading(_("At a glance"), 1, style="chapter"), *_table(sheet)]
    if own := printout.own_measures:
        content.append(blocks.heading(_("The measures in full"), 1, style="chapter"))
        content += blocks.whole(printout.document, own, 2, has_contents=False)
    return content


def _table(sheet: TitleSheet) -> list[Block]:
    """The table of measures, and of which day its last column is."""
    return [{"is": "note", "text": cover.decision_day(sheet)}, measure_table(sheet.printout)]
