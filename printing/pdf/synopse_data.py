"""A Synopse as the plain data that the template "synopse" sets."""

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from printing.page_margins import edition_line
from printing.pdf import blocks, cover
from printing.pdf.characters import settable
from printing.pdf.data import frame
from printing.synopse import Synopse, SynopsePart, SynopseRow
from printing.title_sheet import synopse_address
from strategy.document.data import Plain
from strategy.document.words import Piece
from strategy.editions.models import Edition
from strategy.presentation.change_views import ChangeView, Related
from strategy.presentation.side_by_side import FieldView


def synopse_data(synopse: Synopse) -> dict[str, Plain]:
    """Each Change: what it concerns, its fields in both wordings, and why. Words that differ are told apart by kind."""
    title = _("Synopse: %(old)s, %(new)s") % {"old": synopse.old.title, "new": synopse.new_title}
    city = _("City of %(city)s") % {"city": synopse.meta["city"]} if synopse.meta["city"] else ""
    address = synopse_address(synopse.old, synopse.new) if synopse.new else ""
    return settable(
        {
            **frame(title, city, [synopse.old, synopse.new], synopse.has_sample),
            "running": city,
            "city": city,
            "name": synopse.name,
            "sentence": synopse.sentence,
            "facts": _facts(synopse, address),
            "qr": cover.qr_of(address) if address else None,
            "sample": cover.sample_sentence() if synopse.has_sample else "",
            "summary": [[f"{capfirst(str(kind))}: ", levels] for kind, levels in synopse.summary],
            "several": _("A change can be of several kinds, and is then counted under each of them:"),
            "counts": [f"{count} {kind}" for kind, count in synopse.further_counts],
            "legend": _legend(synopse),
            "columns": [_("Edition until now"), _("New edition")],
            "overview": _("Where something changed"),
            "sheet": _("sheet %(page)s") % {"page": "{page}"},
            "parts": [_part(part, address) for part in synopse.parts],
            "renumbered": _renumbered(synopse),
        }
    )


def _legend(synopse: Synopse) -> str:
    marks = _(
        "What is dropped is struck out, what is new is underlined and bold; what is new or dropped as a whole needs no "
        "such mark."
    )
    if synopse.has_reasons:
        return f"{marks} {_('Where no reason stands, none was given.')}"
    return f"{marks} {_('No reasons were given for these changes.')}"


def _facts(synopse: Synopse, address: str) -> list[list[Plain]]:
    link = {"is": "a", "href": address, "of": [address]}
    lines: list[tuple[str, Edition | None]] = [
        (_("Edition until now"), synopse.old),
        (_("New edition") if synopse.new else _("Working tree"), synopse.new),
    ]
    rows = [[label, blocks.lines(edition_line(edition))] for label, edition in lines]
    return [*rows, [_("On the web"), [link]]] if address else rows


def _part(part: SynopsePart, address: str) -> dict[str, Plain]:
    number = len(part.rows)
    words = ngettext("%(number)s change", "%(number)s changes", number) % {"number": number}
    return {"title": part.title, "number": words, "rows": [_row(row, address) for row in part.rows]}


def _row(row: SynopseRow, address: str) -> dict[str, Plain]:
    """A Change; `address` is that of the Synopse on the web, "" where it has none."""
    view = row.view
    return {
        "number": _("Change %(number)s") % {"number": view.change.number},
        "title": view.title,
        "href": address and f"{address}#aenderung-{view.change.number}",
        "kinds": list(_kinds(view)),
        "whole": _whole(view) if view.is_whole else None,
        "fields": [] if view.is_whole else list(_fields(view)),
        "notes": list(_notes(row)),
    }


def _kinds(view: ChangeView) -> Iterator[str]:
    level = f"{capfirst(str(view.level))}: " if view.level else ""
    yield level + ", ".join(map(str, view.kinds))
    if view.change.is_renumbered:
        codes = {"old": view.change.old_code, "new": view.change.new_code}
        yield _("code until now %(old)s, now %(new)s") % codes


def _whole(view: ChangeView) -> dict[str, Plain]:
    """What a node says that only one edition has: its texts, and what else it says, to be run in."""
    texts = [[_label(each) if each.name != "text" else "", each.words] for each in view.prose]
    return {"texts": texts, "facts": [[_label(each), each.words] for each in view.facts]}


def _fields(view: ChangeView) -> Iterator[dict[str, Plain]]:
    """A row for each field that differs, and for the place of what was moved."""
    if view.places:
        old, new = ([["same", f"{capfirst(place)}."]] for place in view.places)
        yield {"label": _("Place"), "old": old, "new": new, "between": ""}
    for field in view.fields:
        yield {
            "label": capfirst(str(field.label)),
            "old": _pieces(piece for piece in field.pieces if piece.is_old),
            "new": _pieces(piece for piece in field.pieces if piece.is_new),
            "between": "\n" if field.is_list else "",
        }


def _pieces(pieces: Iterable[Piece]) -> list[list[str]]:
    return [[piece.kind, piece.text] for piece in pieces] or [["same", _("(empty)")]]


def _label(field: FieldView) -> str:
    return f"{capfirst(str(field.label))}: "


def _notes(row: SynopseRow) -> Iterator[list[str]]:
    """What is said below: which nodes it came from or went into, and why it was changed."""
    for lineage in filter(None, [row.view.came_from, row.view.went_into]):
        yield [f"{capfirst(str(lineage.words))}: ", "; ".join(map(_related, lineage.nodes))]
    if row.reasons:
        yield [f"{_('Reason:')} ", " · ".join(row.reasons)]


def _related(node: Related) -> str:
    return f"{node.name} ({_('Change %(number)s') % {'number': node.number}})" if node.number else node.name


def _renumbered(synopse: Synopse) -> dict[str, Plain]:
    sentence = _(
        "These say the same under another code, because something before them was added, removed or moved."
    )
    names = [
        f"{change.old_code} → {change.new_code}  {change.new.title}"
        for change in synopse.renumbered
        if change.new
    ]
    return {"title": _("Only renumbered"), "said": sentence, "names": names}
