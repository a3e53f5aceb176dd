"""What a Comparison comes to: how many Changes of which kind, and all of it in one sentence."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from strategy.document.comparison import Comparison
from strategy.text.lazy_text import LazyText

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
