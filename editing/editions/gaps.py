"""What is still missing in a Document, so that whoever freezes it knows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from strategy.document.document import Document, Entry


@dataclass(frozen=True)
class Gap:
    """Something that is missing, and where."""

    label: Any
    entries: list[Entry]


def gaps(document: Document) -> list[Gap]:
    """Every kind of gap that occurs, with the entries that have it."""
    missing = [
        Gap(label, [entry for entry in document.entries(*kinds) if is_gap(entry)])
        for label, kinds, is_gap in _GAPS
    ]
    return [gap for gap in missing if gap.entries]


def _lacks(*names: str) -> Callable[[Entry], bool]:
    return lambda entry: not any(entry.values.get(name) for name in names)


_GAPS: tuple[tuple[Any, tuple[str, ...], Callable[[Entry], bool]], ...] = (
    (
        _("Assignment to the theme not confirmed"),
        ("strategic_goal",),
        lambda entry: entry.values.get("assignment_confirmed") is False,
    ),
    (_("Theme without a guideline"), ("theme",), lambda entry: entry.guideline is None),
    (_("Goal without a measure"), ("strategic_goal", "operational_goal"), lambda entry: not entry.measures),
    (_("Measure without a lead department"), ("measure",), _lacks("lead")),
    (_("Measure without a period"), ("measure",), _lacks("start_year", "end_year", "is_ongoing")),
    (_("Measure without cost"), ("measure",), _lacks("cost_once", "cost_yearly", "cost_note")),
    (_("Operational goal without a year"), ("operational_goal",), _lacks("due_year")),
)


def leaving(adopted: Document, new: Document) -> Iterator[Entry]:
    """What the adopted edition holds and the new one would not."""
    return (entry for uid, entry in adopted.by_uid.items() if uid not in new.by_uid)
