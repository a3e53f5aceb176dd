"""What templates ask of entries: their level in words, their facts, their states."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from strategy.document.changes import differ
from strategy.document.data import Plain
from strategy.document.document import Document, Entry
from strategy.editions import live
from strategy.editions.library import library
from strategy.pages import entry_rows, navigation
from strategy.pages.reading import STAFF, Reading
from strategy.presentation.facts import Fact
from strategy.presentation.facts import facts as facts_of
from strategy.presentation.holdings import holdings as holdings_of
from strategy.text.markdown import page_to_html
from strategy.text.numbers import in_german
from strategy.tree.levels import level_of

register = template.Library()


@register.filter
def level_name(entry: Entry) -> str:
    """The level of an entry in words, such as "strategisches Ziel"."""
    return entry.level.name


@register.filter
def is_printed_alone(entry: Entry) -> bool:
    """Whether there is a print view of this entry with what stands below it."""
    return bool(level_of(entry.kind).paper.alone)


@register.filter
def facts(entry: Entry) -> list[Fact]:
    """The facts of an entry's page, empty ones left out."""
    return facts_of(entry)


@register.filter
def fact(entry: Entry, name: str) -> str:
    """One field of an entry in words, on one line."""
    return ", ".join(entry.said(name))


@register.filter
def by_state(entries: Iterable[Entry]) -> list[live.StateCount]:
    """Entries by their state of progress."""
    return live.by_state(entries)


@register.filter
def value_html(entry: Entry, name: str) -> SafeString:
    """A field of an entry that is Markdown, as HTML; nh3 has kept it to a small set of tags."""
    return _boxed(entry.content.html(entry.values.get(name) or ""))


@register.filter
def prose(html: str) -> SafeString:
    """HTML that strategy.text.markdown has made, and nothing else."""
    return _boxed(html)


@register.filter
def page_html(text: str) -> SafeString:
    """A legal page's text as HTML, headings included."""
    return _boxed(page_to_html(text))


@register.filter
def euros(amount: int) -> str:
    """An amount as it is written in German: 70.000 €."""
    return f"{in_german(amount)}\u00a0€"


@register.filter
def iso_date(text: str) -> datetime.date:
    """A date as an edition keeps it, such as "2021-10-05"."""
    return datetime.date.fromisoformat(text)


@register.filter
def aria_current(place: str, link: str) -> SafeString:
    """The attribute that marks a link of the main navigation, where a page of this place has it."""
    here, _space, current = place.partition(" ")
    return mark_safe(f' aria-current="{current}"' if here == link else "")


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    """The value of a key."""
    return mapping.get(key)


@register.filter
def sdg_of(target: str, sdgs: Iterable[dict[str, Plain]]) -> dict[str, Plain]:
    """The goal of the United Nations that a sub-target such as 11.7 belongs to; {} where `sdgs` lacks it."""
    number = target.partition(".")[0]
    return next((sdg for sdg in sdgs if str(sdg["number"]) == number), {})


@register.simple_tag
def measure_rows(base: str, entries: Iterable[Entry]) -> SafeString:
    """A list of measures: what, how far, who, when."""
    return entry_rows.measure_rows(base, entries)


@register.simple_tag
def state_counts(entries: Iterable[Entry], label: str) -> SafeString:
    """How many entries are in which state, as a bar and in words."""
    return entry_rows.state_counts(entries, label)


@register.simple_tag
def state_pill(entry: Entry) -> SafeString:
    """In which state an entry with live data is today."""
    return entry_rows.state_pill(entry)


@register.simple_tag
def sdg_tiles(base: str, sdgs: Iterable[dict[str, Plain]]) -> SafeString:
    """The SDGs, a tile each with number and name."""
    return entry_rows.sdg_tiles(base, sdgs)


@register.simple_tag
def level_rows(base: str, entries: Iterable[Entry]) -> SafeString:
    """A list of entries of several levels: what, how far, which level."""
    return entry_rows.measure_rows(base, entries, with_level=True)


@register.simple_tag
def tree(base: str, themes: Iterable[Entry]) -> SafeString:
    """A theme each to open, with nested lists of all that stands below it."""
    return entry_rows.tree(base, themes)


@register.simple_tag
def levels_below(reading: Reading, entry: Entry, shown: str = "") -> SafeString:
    """What stands below an entry, level by level, but for the levels (`shown`, by kind) that its page shows itself."""
    kinds = shown.split()
    rest = [each for each in entry.read_with if each.kind not in kinds]
    if not rest:
        return mark_safe("")
    by_level = (
        (level, [each for each in rest if each.level is level]) for level in reading.document.levels.values()
    )
    groups = [
        (capfirst(level.plural), entries, entries[0].has_page) for level, entries in by_level if entries
    ]
    return render_to_string("components/levels_below.html", {"reading": reading, "groups": groups})


@register.filter
def holdings(document: Document) -> str:
    """What the document holds, in a sentence."""
    return holdings_of(document)


@register.simple_tag(takes_context=True)
def place(context: Context) -> str:
    """Where in the main navigation this page stands."""
    reading = context.get("reading")
    return navigation.place(context["request"].path, reading.base if reading else "/")


@register.simple_tag(takes_context=True)
def counterpart_address(context: Context) -> str:
    """The page of the same node in the shown edition; its start page where it has none."""
    shown, entry = library.shown().readable, context.get("entry")
    here = shown.by_uid.get(entry.uid) if shown and entry else None
    return f"/{here.path}" if here else "/"


@register.simple_tag(takes_context=True)
def synopse_address(context: Context) -> str:
    """The Synopse of the edition that is read and the shown one, the older first; at the node of the page, if that
    differs."""
    reading, entry = context["reading"], context.get("entry")
    pair = sorted([reading.edition, reading.counterpart], key=lambda edition: edition.frozen_at)
    name = "staff_synopse:synopse" if reading.mode == STAFF else "synopse"
    address = reverse(name, args=[edition.slug for edition in pair])
    return f"{address}#knoten-{entry.uid}" if entry and _differs(entry) else address


def _differs(entry: Entry) -> bool:
    """Whether the shown edition lacks this node, or says something else of it: then a Synopse has it."""
    shown = library.shown().frozen
    here = shown.by_uid.get(entry.uid) if shown else None
    return here is None or differ(entry, here)


def _boxed(html: str) -> SafeString:
    """Each table in a box of its own, which a reader scrolls where the screen is narrow."""
    if "<table>" in html:
        label = escape(_("Table"))
        box = f'<div class="table-scroll" role="group" aria-label="{label}" tabindex="0"><table>'
        html = html.replace("<table>", box).replace("</table>", "</table></div>")
    return mark_safe(html)
