"""What measures cost together: by theme, department and district, with how many of them name no cost."""

from collections.abc import Iterable, Mapping

from strategy.document.data import Plain
from strategy.document.document import Document
from strategy.text.letters import sort_key

NOWHERE = "ohne Angabe"  # German: it is frozen
Measures = Iterable[Mapping[str, Plain]]


def cost_sums(
    document: Document, measures: list[dict[str, Plain]], districts: Iterable[str]
) -> dict[str, Plain]:
    """The sums of all, and by each; `districts` are all names in their order. A measure in several districts counts
    in each of them."""
    themes = [theme.name for theme in document.themes]
    return {
        "total": _row("alle Maßnahmen", measures),
        "themes": _rows(themes, ((each, [each["theme"]]) for each in measures)),
        "departments": _rows(
            sorted({each["lead"] for each in measures if each["lead"]}, key=sort_key),
            ((each, [each["lead"] or NOWHERE]) for each in measures),
        ),
        "districts": _rows(
            districts,
            ((each, each["districts"] or [NOWHERE]) for each in measures),
        ),
    }


def _rows(
    names: Iterable[str], named: Iterable[tuple[Mapping[str, Plain], list[str]]]
) -> list[dict[str, Plain]]:
    """A row for each name below which a measure stands, in this order; what stands nowhere comes last."""
    by_name: dict[str, list[Mapping[str, Plain]]] = {name: [] for name in names}
    for measure, places in named:
        for place in places:
            by_name.setdefault(place, []).append(measure)
    by_name[NOWHERE] = by_name.pop(NOWHERE, [])
    return [_row(name, below) for name, below in by_name.items() if below]


def _row(name: str, measures: Measures) -> dict[str, Plain]:
    rows = list(measures)
    return {
        "name": name,
        "measures": len(rows),
        "once": sum(each["cost_once"] or 0 for each in rows),
        "yearly": sum(each["cost_yearly"] or 0 for each in rows),
        "spent": sum(each["spent"] for each in rows),
        "silent": sum(each["cost_once"] is None and each["cost_yearly"] is None for each in rows),
    }
