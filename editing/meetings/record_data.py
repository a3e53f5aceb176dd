"""The record of results of a meeting (Ergebnisvermerk) as the plain data that the template "record" sets."""

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editing.meetings.as_seen import as_seen
from editing.meetings.models import AgendaItem, Meeting, Outcome
from editing.tree.presented import Presented
from printing.pdf import blocks
from printing.pdf.characters import settable
from strategy.document.data import Plain
from strategy.document.words import Piece
from strategy.editions.models import Strategy
from strategy.presentation.side_by_side import FieldView
from strategy.tree.kinds import Kind


def record_data(meeting: Meeting) -> dict[str, Plain]:
    """Group, day and members present; then, by outcome, each entry with what was seen of it, and why it is deferred."""
    strategy = Strategy.current()
    items = list(meeting.items.all())
    closed = timezone.localtime(meeting.closed_at)
    title = _("Record of results: %(meeting)s") % {"meeting": meeting}
    city = _("City of %(city)s") % {"city": strategy.city} if strategy.city else ""
    return settable(
        {
            "title": title,
            "author": city or strategy.title,
            "date": [closed.year, closed.month, closed.day],
            "description": title,
            "keywords": [],
            "feet": [_("Record of results") + f" · {meeting}", strategy.title],
            "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "city": city,
            "name": _("Record of results"),
            "subtitle": strategy.title,
            "facts": _facts(meeting, items),
            "note": [_("Further points"), blocks.lines(meeting.note)] if meeting.note else None,
            "columns": [_("agreed last"), _("before the meeting")],
            "legend": _("What is dropped is struck out, what is new is underlined and bold."),
            "parts": [part for outcome in Outcome if (part := _part(outcome, items))["rows"]],
        }
    )


def _facts(meeting: Meeting, items: list[AgendaItem]) -> list[list[Plain]]:
    counted = [(outcome, sum(item.outcome == outcome for item in items)) for outcome in Outcome]
    rows = [
        (_("Group"), meeting.body),
        (_("Held on"), f"{meeting.held_on:%d.%m.%Y}"),
        (_("Members present"), str(meeting.present or "")),
        (_("On the agenda"), str(len(items))),
        *((capfirst(str(outcome.label)), str(count)) for outcome, count in counted if count),
        (_("Put on record"), _when(meeting.closed_at)),
        (_("Taken back"), _when(back.at) if (back := meeting.taken_back) else ""),
    ]
    return [[label, [value]] for label, value in rows if value]


def _when(at: datetime.datetime | None) -> str:
    return f"{timezone.localtime(at):%d.%m.%Y, %H:%M}"


def _part(outcome: Outcome, items: list[AgendaItem]) -> dict[str, Plain]:
    rows = [_row(item) for item in items if item.outcome == outcome]
    return {"title": f"{capfirst(str(outcome.label))} ({len(rows)})", "rows": rows}


def _row(item: AgendaItem) -> dict[str, Plain]:
    """An entry: what it is called, why it is deferred, and what was seen. What nobody looked at says no more."""
    entry = as_seen(item)
    level = capfirst(str(Kind(item.kind).label))
    return {
        "code": item.code,
        "title": item.title,
        "level": level,
        "reason": f"{_('Reason:')} {item.reason}" if item.reason else "",
        "notes": list(_notes(entry)) if entry else [],
        "is_new": bool(entry and entry.agreed is None),
        "fields": [_field(view) for view in _views(entry)],
    }


def _views(entry: Presented | None) -> list[FieldView]:
    if entry is None:
        return []
    return entry.since.views if entry.since else entry.whole


def _notes(entry: Presented) -> Iterator[str]:
    if entry.agreed is None:
        yield _("Never agreed before.")
    elif entry.since is not None and entry.since.place:
        yield entry.since.place
    elif not entry.since:
        yield _("As it was agreed last.")


def _field(view: FieldView) -> dict[str, Plain]:
    return {
        "label": capfirst(str(view.label)),
        "old": _pieces([piece for piece in view.pieces if piece.is_old]),
        "new": _pieces([piece for piece in view.pieces if piece.is_new]),
        "between": "\n" if view.is_list else "",
    }


def _pieces(pieces: list[Piece]) -> list[list[str]]:
    return [[piece.kind, piece.text] for piece in pieces] or [["same", _("(empty)")]]
