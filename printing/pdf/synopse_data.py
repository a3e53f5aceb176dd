"""A Synopse as the plain data that the template "synopse" sets."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from printing.page_margins import edition_line
from printing.pdf import blocks, cover
from printing.pdf.characters import settable
from printing.pdf.data import frame
from printing.synopse import Synopse, SynopseRow
from printing.title_sheet import synopse_address
from strategy.document.data import Plain
from strategy.editions.models import Edition
from strategy.presentation.change_views import ChangeView, LineageView
from strategy.presentation.side_by_side import FieldView


def synopse_data(synopse: Synopse) -> dict[str, Plain]:
    """Each Change as a row: what it concerns, both wordings, and why. Words that differ are told apart by kind."""
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
            "several": _("A change can be of several kinds, and is then counted under each of them:"),
            "counts": [f"{count} {kind}" for kind, count in synopse.further_counts],
            "legend": _legend(synopse),
            "has-reasons": synopse.has_reasons,
            "columns": _columns(synopse),
            "rows": [_row(row) for row in synopse.rows],
            "renumbered": _renumbered(synopse),
        }
    )


def _legend(synopse: Synopse) -> str:
    sentences = [_("Words that are dropped are struck out, words that are new are underlined and bold.")]
    sentences += [] if synopse.has_reasons else [_("No reasons were given for these changes.")]
    return " ".join(sentences)


def _columns(synopse: Synopse) -> list[str]:
    reason = [_("Reason")] if synopse.has_reasons else []
    return [_("Edition until now"), _("New edition"), *reason]


def _facts(synopse: Synopse, address: str) -> list[list[Plain]]:
    link = {"is": "a", "href": address, "of": [address]}
    lines: list[tuple[str, Edition | None]] = [
        (_("Edition until now"), synopse.old),
        (_("New edition") if synopse.new else _("Working tree"), synopse.new),
    ]
    rows = [[label, blocks.lines(edition_line(edition))] for label, edition in lines]
    return [*rows, [_("On the web"), [link]]] if address else rows


def _row(row: SynopseRow) -> dict[str, Plain]:
    view = row.view
    return {
        "number": _("Change %(number)s") % {"number": view.change.number},
        "title": view.title,
        "kinds": list(_kinds(view)),
        "old": list(_old(view)),
        "new": list(_new(view)),
        "reasons": row.reasons or [_("none given")],
    }


def _kinds(view: ChangeView) -> Iterator[str]:
    level = f"{capfirst(str(view.level))}: " if view.level else ""
    yield level + ", ".join(map(str, view.kinds))
    if view.change.is_renumbered:
        codes = {"old": view.change.old_code, "new": view.change.new_code}
        yield _("code until now %(old)s, now %(new)s") % codes


def _old(view: ChangeView) -> Iterator[dict[str, Plain]]:
    if view.places:
        yield _plain(f"{capfirst(view.places[0])}.")
    if view.is_added:
        yield _plain(_("not in this edition"))
        yield from _lineage(view.came_from)
    else:
        yield from (_field(field, "added") for field in view.fields)


def _new(view: ChangeView) -> Iterator[dict[str, Plain]]:
    if view.places:
        yield _plain(f"{capfirst(view.places[1])}.")
    if view.is_removed:
        yield _plain(_("not in this edition"))
    else:
        yield from (_field(field, "removed") for field in view.fields)
        if not view.is_added:
            yield from _lineage(view.came_from)
    yield from _lineage(view.went_into)


def _field(field: FieldView, other: str) -> dict[str, Plain]:
    """One side of a field: all but the pieces of the other side."""
    pieces = [[piece.kind, piece.text] for piece in field.pieces if piece.kind != other]
    return {
        "label": f"{capfirst(str(field.label))}: ",
        "pieces": pieces or [["same", _("(empty)")]],
        "between": "\n" if field.is_list else "",
    }


def _plain(text: str) -> dict[str, Plain]:
    return {"label": "", "pieces": [["same", text]], "between": ""}


def _lineage(lineage: LineageView | None) -> Iterator[dict[str, Plain]]:
    if lineage:
        names = "\n".join(
            f"{node.name} ({_('Change %(number)s') % {'number': node.number}})" if node.number else node.name
            for node in lineage.nodes
        )
        yield {**_plain(names), "label": f"{capfirst(str(lineage.words))}: "}


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
