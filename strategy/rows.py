"""The two lists that can hold the whole strategy, as HTML: rows of entries, and the tree.

Written in Python because Django's templates take four times as long for a row, and a page of all measures
would miss its bar (docs/performance.md). Everything that comes from an entry is escaped here.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from strategy import sheet
from strategy.document import Entry
from strategy.kinds import Kind


def measure_rows(base: str, entries: Iterable[Entry], *, with_level: bool = False) -> SafeString:
    """A list of entries with their facts: what, how far, who, when; or of which level they are."""
    rows = "".join(_row(base, entry, with_level) for entry in entries)
    return mark_safe(f'<ul class="measure-list">{rows}</ul>')


def tree(base: str, entries: Iterable[Entry]) -> SafeString:
    """Nested lists of entries with all that stands below them."""
    return mark_safe(_branch(escape(base), entries))


def _row(base: str, entry: Entry, with_level: bool) -> str:
    facts = [capfirst(str(Kind(entry.kind).label))] if with_level else _facts(entry)
    below = f'<p class="measure-row__facts">{escape(" · ".join(facts))}</p>' if facts else ""
    return (
        f'<li class="measure-row"><a class="measure-row__title" href="{escape(base)}{entry.path}">'
        f'<span class="code">{entry.code}</span> {escape(entry.title)}</a>{_state(entry)}{below}</li>'
    )


def _facts(entry: Entry) -> list[str]:
    return [*sheet.lines(entry, "lead"), *sheet.lines(entry, "period")]


def _state(entry: Entry) -> str:
    live = entry.live
    if not live or not live.state:
        return ""
    return f'<span class="state state--{live.state}">{escape(live.state_label)}</span>'


def _branch(base: str, entries: Iterable[Entry]) -> str:
    items = "".join(
        f'<li><a href="{base}{entry.path}"><span class="code">{entry.code}</span> {escape(entry.title)}</a>'
        f"{_branch(base, entry.children) if entry.children else ''}</li>"
        for entry in entries
    )
    return f"<ul>{items}</ul>"
