"""What a Document holds, in words that its content alone makes: no free text can say otherwise."""

from django.utils.translation import gettext as _

from strategy.document.document import Document
from strategy.text.rules import folded
from strategy.tree.kinds import kinds_below


def holdings(document: Document) -> str:
    """How many nodes of each level it holds, and which levels of themes it has none of."""
    counts = [(level, len(document.entries(level.kind))) for level in document.levels.values()]
    there = ", ".join(f"{n} {level.name if n == 1 else level.plural}" for level, n in counts if n)
    beside = kinds_below(None)  # a strategy may do without chapters
    missing = ", ".join(level.plural for level, n in counts if not n and level.kind not in beside)
    sentences = [_("It holds: %(levels)s.") % {"levels": there}] if there else []
    sentences += [_("It does not hold: %(levels)s.") % {"levels": missing}] if missing else []
    return " ".join(sentences)


def names_less(text: str, document: Document) -> bool:
    """Whether a text names levels of themes and the document holds deeper ones, such as measures below “Leitlinien
    und strategische Ziele”."""
    below = [level for level in document.levels.values() if level.kind not in kinds_below(None)]
    named = [at for at, level in enumerate(below) if folded(level.plural) in folded(text)]
    return bool(named) and any(document.entries(level.kind) for level in below[max(named) + 1 :])
