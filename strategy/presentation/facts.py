"""What the page of an entry lists, as its edition declares it: in order, empty fields left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy.document.data import Plain
from strategy.document.document import Entry
from strategy.document.entry_content import Content


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an entry's content, ready to be shown: its label, its value, and the value in words."""

    name: str
    label: str
    template: str
    value: Plain
    lines: list[str]
    content: Content

    @property
    def html(self) -> str:
        """The value as safe HTML, where it is Markdown."""
        return self.content.html(self.value)


def facts(entry: Entry) -> list[Fact]:
    """What the page of this entry lists, in the order of its level's declaration."""
    return list(_facts(entry))


def _facts(entry: Entry) -> Iterator[Fact]:
    for field in entry.level.own_fields:
        if field.shown and (lines := entry.said(field.name)):
            value = entry.values.get(field.name)
            yield Fact(field.name, field.label, field.shown, value, lines, entry.content)
