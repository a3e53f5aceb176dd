"""What the page of an entry lists, as its edition declares it: in order, empty fields left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy.document.data import Plain
from strategy.document.document import Entry


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an entry, ready to be shown: its label, its value, and the value in words."""

    name: str
    label: str
    template: str
    value: Plain
    lines: list[str]


def facts(entry: Entry) -> list[Fact]:
    """What the page of this entry lists, in the order of its level's declaration."""
    return list(_facts(entry))


def _facts(entry: Entry) -> Iterator[Fact]:
    for field in entry.level.own_fields:
        if field.shown and (lines := entry.said(field.name)):
            yield Fact(field.name, field.label, field.shown, entry.values.get(field.name), lines)
