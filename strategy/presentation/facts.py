"""A level's declaration applied to an entry: the facts of its page, in order, empty ones left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy.document.data import Plain
from strategy.document.document import Entry
from strategy.document.entry_content import Content
from strategy.text.lazy_text import LazyText
from strategy.tree.fields import Derived, Field
from strategy.tree.levels import level_of


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an entry's content, ready to be shown: its label, its value, and the value in words."""

    name: str
    label: LazyText
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


def lines(entry: Entry, name: str) -> list[str]:
    """One field of an entry in words; [] where it is empty or this level lacks it."""
    field = level_of(entry.kind).by_name.get(name)
    return _lines(entry, field) if field else []


def _facts(entry: Entry) -> Iterator[Fact]:
    for field in level_of(entry.kind).fields:
        if field.template and (shown := _lines(entry, field)):
            value = entry.values.get(field.name)
            yield Fact(field.name, field.label, field.template, value, shown, entry.content)


def _lines(entry: Entry, field: Field) -> list[str]:
    if isinstance(field, Derived):
        return field.of(entry.values)
    return field.lines(entry.values[field.name]) if field.name in entry.values else []
