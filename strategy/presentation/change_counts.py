"""What a Comparison comes to: how many Changes of which kind, and all of it in one sentence."""

from collections import Counter

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from strategy.document.changes import Change
from strategy.document.comparison import Comparison
from strategy.text.lazy_text import LazyText
from strategy.tree.kinds import Kind

KINDS = {
    "added": _("new"),
    "removed": _("dropped"),
    "moved": _("moved"),
    "reordered": _("put elsewhere in the order"),
    "changed": _("changed"),
    "merged_into": _("merged into others"),
    "split_from": _("split from others"),
    "renumbered": _("renumbered"),
}


def counts(comparison: Comparison) -> list[tuple[LazyText, int]]:
    """How many Changes are of which kind, in words."""
    return [(KINDS[kind], count) for kind, count in comparison.counts.items()]


def summary(comparison: Comparison) -> list[tuple[LazyText, str]]:
    """What is new, dropped, moved and so on, in words, level by level. Each Change counts as what it is first."""
    by_kind: dict[str, list[Change]] = {}
    for change in comparison.changes:
        by_kind.setdefault(change.kinds[0], []).append(change)
    return [(KINDS[kind], _levels(by_kind[kind])) for kind in KINDS if kind in by_kind]


def _levels(changes: list[Change]) -> str:
    """How many of each level, such as "2 operative Ziele, 1 Maßnahme"; the title page and the highest level first."""
    count = Counter(change.entry.kind if change.entry else "" for change in changes)
    level = {change.entry.kind: change.entry.level for change in changes if change.entry}
    parts = [gettext("title page")] if count[""] else []
    parts += [
        f"{count[kind]} {level[kind].name if count[kind] == 1 else level[kind].plural}"
        for kind in Kind
        if count[kind]
    ]
    return ", ".join(parts)


def sentence(comparison: Comparison, old: str, new: str) -> str:
    """What a Comparison of the editions of these titles comes to. Each Change is counted once, as what it is first."""
    number = len(comparison.changes)
    if not number and comparison.renumbered:
        return gettext("“%(new)s” says the same as “%(old)s”; only codes differ.") % {"old": old, "new": new}
    if not number:
        return gettext("“%(new)s” says the same as “%(old)s”.") % {"old": old, "new": new}
    first = [change.kinds[0] for change in comparison.changes]
    kinds = ", ".join(f"{first.count(kind)} {KINDS[kind]}" for kind in KINDS if kind in first)
    text = ngettext(
        "“%(new)s” differs from “%(old)s” in %(n)s change: %(kinds)s.",
        "“%(new)s” differs from “%(old)s” in %(n)s changes: %(kinds)s.",
        number,
    )
    return text % {"old": old, "new": new, "n": number, "kinds": kinds}
