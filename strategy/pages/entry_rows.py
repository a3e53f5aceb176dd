"""What repeats most on a page, as HTML: rows of entries, the tree, counts by state, SDG tiles.

Written in Python because Django's templates take four times as long for a row, and a page of all measures
would miss its bar (docs/performance.md). Everything that comes from an entry is escaped here.
"""

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from strategy.document.data import Plain
from strategy.document.document import Entry
from strategy.document.live_record import LiveRecord
from strategy.editions import live


def measure_rows(base: str, entries: Iterable[Entry], *, with_level: bool = False) -> SafeString:
    """A list of entries with their facts: what, how far, who, when; or of which level they are."""
    rows = "".join(_row(base, entry, with_level) for entry in entries)
    return mark_safe(f'<ul class="measure-list">{rows}</ul>')


def tree(base: str, themes: Iterable[Entry]) -> SafeString:
    """A theme each to open, with nested lists of its goals and all that stands below them."""
    base = escape(base)
    return mark_safe(
        "".join(
            f'<details class="tf-{theme.slug}"><summary><span class="badge">{theme.code}</span> {escape(theme.title)}'
            f"</summary>{_branch(base, theme.strategic_goals)}</details>"
            for theme in themes
        )
    )


def state_counts(entries: Iterable[Entry], label: str) -> SafeString:
    """How many entries are in which state: a bar, and the same in numbers and words. `label` says what is counted."""
    counts = live.by_state(entries)
    total = sum(state.count for state in counts)
    bar = "".join(
        f'<rect class="s-{state.key or "none"}" x="{state.start}" width="{state.count}" height="1"/>'
        for state in counts
    )
    words = "".join(
        f'<li><span class="state-dot s-{state.key or "none"}" aria-hidden="true"></span>'
        f"<strong>{state.count}</strong> {escape(str(state.label))}</li>"
        for state in counts
    )
    return mark_safe(
        f'<div class="state-counts"><svg class="state-bar" viewBox="0 0 {total} 1" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{bar}</svg>'
        f'<ul class="state-legend" aria-label="{escape(label)}">{words}</ul></div>'
    )


def state_pill(entry: Entry) -> SafeString:
    """In which state an entry is today, or that nothing is reported of it."""
    record = entry.live or LiveRecord()
    label = record.state_label if record.state else _("not reported")
    return mark_safe(f'<span class="state state--{record.state or "none"}">{escape(label)}</span>')


def sdg_tiles(base: str, sdgs: Iterable[Mapping[str, Plain]]) -> SafeString:
    """The SDGs of an edition's meta, a tile each with number and name."""
    tiles = "".join(
        f'<li><a href="{escape(base)}sdg/{number}/"><span class="sdg sdg-{number}">{number}</span> '
        f"<span>{escape(title)}</span></a></li>"
        for number, title in ((int(sdg["number"]), sdg["title"]) for sdg in sdgs)
    )
    return mark_safe(f'<ul class="sdg-tiles">{tiles}</ul>')


def _row(base: str, entry: Entry, with_level: bool) -> str:
    facts = [capfirst(entry.level.name)] if with_level else _facts(entry)
    below = f'<p class="measure-row__facts">{escape(" · ".join(facts))}</p>' if facts else ""
    return (
        f'<li class="measure-row"><a class="measure-row__title" href="{escape(base)}{entry.path}">'
        f'<span class="code">{entry.code}</span> {escape(entry.title)}</a>{_state(entry)}{below}</li>'
    )


def _facts(entry: Entry) -> list[str]:
    return [*entry.said("lead"), *entry.said("period")]


def _state(entry: Entry) -> str:
    return state_pill(entry) if entry.live else ""


def _branch(base: str, entries: Iterable[Entry]) -> str:
    items = "".join(
        f'<li><a href="{base}{entry.path}"><span class="code">{entry.code}</span> {escape(entry.title)}</a>'
        f"{_branch(base, entry.children) if entry.children else ''}</li>"
        for entry in entries
    )
    return f"<ul>{items}</ul>"
