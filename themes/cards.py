"""The themes as cards, and their drawings, as HTML (in Python, see strategy/pages/entry_rows.py)."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.document.document import Entry
from strategy.pages import entry_rows

_DRAWINGS = {
    "book": "M12 6c-2-1.5-5-2-9-2v14c4 0 7 .5 9 2 2-1.5 5-2 9-2V4c-4 0-7 .5-9 2Zm0 0v14",
    "people": (
        "M8 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-4 2.5-6 6-6s6 2 6 6"
        "M16 4.5a3.5 3.5 0 0 1 0 6.5m2 3.5c2.5.7 4 2.5 4 5.5"
    ),
    "leaf": "M20 4C10 4 5 8 5 14c0 3 2 5 5 5 7 0 10-6 10-15ZM4 21c2-5 5-8 10-10",
    "globe": (
        "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-9-9h18"
        "M12 3c3 3 3.5 6 3.5 9S15 18 12 21c-3-3-3.5-6-3.5-9S9 6 12 3Z"
    ),
    "house": "m3 11 9-7 9 7M5 10v10h14V10M10 20v-6h4v6",
    "building": "M3 20h18M5 20V9m14 11V9M3 9l9-5 9 5H3Zm6 11v-8m6 8v-8",
}
_CIRCLE = "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z"


def icon(theme: Entry) -> SafeString:
    """The theme's line drawing. Decorative: its name always stands beside it."""
    chosen = theme.values.get("icon")
    return drawing(str(chosen["key"]) if isinstance(chosen, dict) else "")


def drawing(key: str) -> SafeString:
    """The line drawing of this key of Theme.Icon; a circle for any other."""
    path = _DRAWINGS.get(key, _CIRCLE)
    return mark_safe(
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{path}"/></svg>'
    )


def cards(base: str, themes: Iterable[Entry], *, with_states: bool) -> SafeString:
    """A card for each theme: what it is about, and how much stands below it; with live data, in which state."""
    label = _("Measures by state")
    return mark_safe("".join(_card(escape(base), theme, label if with_states else "") for theme in themes))


def _card(base: str, theme: Entry, label: str) -> str:
    about = ""
    if theme.guideline:
        about = f'<p class="theme-card__text">{escape(Truncator(theme.guideline.text).words(26))}</p>'
    states = entry_rows.state_counts(theme.measures, label) if label and theme.measures else ""
    return (
        f'<li class="theme-card tf-{theme.slug}">'
        f'<p class="theme-card__number">{icon(theme)} {escape(theme.level.name)} {theme.code}</p>'
        f'<h3><a href="{base}{theme.path}">{escape(theme.title)}</a></h3>{about}'
        f'<p class="theme-card__counts">{escape(_in_numbers(theme))}</p>{states}</li>'
    )


def _in_numbers(theme: Entry) -> str:
    """What stands below a theme, such as "4 strategische Ziele, 25 Maßnahmen"."""
    goals, measures = len(theme.strategic_goals), len(theme.measures)
    parts = [ngettext("%(n)s strategic goal", "%(n)s strategic goals", goals) % {"n": goals}]
    if measures:
        parts.append(ngettext("%(n)s measure", "%(n)s measures", measures) % {"n": measures})
    return ", ".join(parts)
