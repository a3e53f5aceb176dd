"""The columns of the table: what stands in which, and how a header names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from strategy.document.data import COMMON_FIELDS
from strategy.tree.content import fields_of
from strategy.tree.fields import Choice, DecimalNumber, Field, Lines, Number, Text, YesNo
from strategy.tree.levels import levels
from strategy.tree.reference_fields import Reference, References

UID, LEVEL, PARENT, CODE = "uid", "level", "parent", "code"
IS_SAMPLE, VERSION = "is_sample", "version"
FOR_INFORMATION = {CODE, IS_SAMPLE, VERSION}  # nobody fills them in; a table may come in without them
_KEY = re.compile(r"\[\s*([a-z0-9_]+)\s*\]\s*\Z")
_WIDTHS: tuple[tuple[type[Field], int], ...] = (
    (Text, 60),
    (Lines, 32),
    (References, 24),
    (Reference, 20),
    (YesNo, 12),
    (Number, 14),
    (DecimalNumber, 14),
    (Choice, 24),
    (Field, 32),
)
_OWN_WIDTHS = {"title": 50, "slug": 32}


@dataclass(frozen=True)
class Column:
    """A column: its stable key, the German name that stands before it in the header, its width in characters."""

    key: str
    name: str
    width: int
    fields: tuple[tuple[str, Field], ...] = ()  # by level

    @property
    def header(self) -> str:
        """Such as "Titel [title]"."""
        return f"{self.name} [{self.key}]"


def columns() -> list[Column]:
    """All columns in their order. Every field that any level declares has one."""
    fields: dict[str, list[tuple[str, Field]]] = {}
    for level in levels():
        for field in fields_of(level.kind):
            fields.setdefault(field.name, []).append((level.kind, field))
    named = {name: _of_field(name, declared) for name, declared in fields.items()}
    first = list(COMMON_FIELDS)
    return [
        Column(UID, _("ID"), 38),
        Column(LEVEL, _("Level"), 18),
        Column(PARENT, _("stands below (ID)"), 38),
        Column(CODE, _("Code, for information only"), 12),
        *(named.pop(name) for name in first),
        *named.values(),
        Column(IS_SAMPLE, _("Sample data, for information only"), 14),
        Column(VERSION, _("Version, please leave as it is"), 14),
    ]


def _of_field(name: str, declared: list[tuple[str, Field]]) -> Column:
    field = declared[0][1]
    width = next(width for kind, width in _WIDTHS if isinstance(field, kind))
    return Column(name, capfirst(str(field.label)), _OWN_WIDTHS.get(name, width), tuple(declared))


def key_of(header: Any) -> str:
    """The key that a header names, in brackets or alone; "" where it names none."""
    text = str(header or "").strip()
    match = _KEY.search(text)
    return match[1] if match else text if re.fullmatch("[a-z0-9_]+", text) else ""


def letters(index: int) -> str:
    """What a spreadsheet calls the column at this index: A, B, …, Z, AA, …"""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def index_of(name: str) -> int:
    """The index of the column that a spreadsheet calls so."""
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def levels_with(column: Column) -> Iterator[str]:
    """The levels, in German, whose nodes have this field."""
    kinds = {kind for kind, _field in column.fields}
    return (str(level.kind.label) for level in levels() if level.kind in kinds)


@cache
def fields_by_name(kind: str) -> dict[str, Field]:
    """The fields of a level that the table has columns for."""
    return {field.name: field for field in fields_of(kind)}
