"""An edition's nodes as CSV files, with the columns and words that it declares."""

from collections.abc import Iterable

from strategy.document.data import COMMON_FIELDS, Plain
from strategy.document.declaration import DeclaredField
from strategy.document.document import Document, Entry
from strategy.text.spreadsheets import csv_bytes, guarded
from strategy.tree.levels import Level, levels

COMMON = ("uid", "parent", "kind", "code", *COMMON_FIELDS, "is_sample")


def levels_by_table() -> dict[str, list[Level]]:
    """Which levels are in which table, by the name of its file."""
    tables: dict[str, list[Level]] = {}
    for level in levels():
        tables.setdefault(level.table_name, []).append(level)
    return tables


def tables(document: Document) -> dict[str, bytes]:
    """The CSV files by name. The header has the names that the JSON has, so that the two can be joined."""
    return {name: _table(document, rows) for name, rows in levels_by_table().items()}


def _table(document: Document, levels: Iterable[Level]) -> bytes:
    kinds = [level.kind.value for level in levels]
    declared = [document.levels[kind] for kind in kinds if kind in document.levels]
    fields = {each.name: each for level in declared for each in level.own_fields if each.kind != "derived"}
    entries = document.entries(*kinds)
    rows = ([*_common(entry), *(_cell(field, entry) for field in fields.values())] for entry in entries)
    return csv_bytes([*COMMON, *fields], rows)


def _common(entry: Entry) -> list[str]:
    content = entry.content
    cells = {
        "parent": entry.parent.uid if entry.parent else "",
        "is_sample": "ja" if content.is_sample else "nein",
    }
    return [cells[name] if name in cells else guarded(getattr(content, name)) for name in COMMON]


def _cell(field: DeclaredField, entry: Entry) -> str:
    """A value in words; numbers as numbers, with a decimal comma; "" where this edition or level lacks the field."""
    value: Plain = entry.values.get(field.name)
    if value is None:
        return ""
    if field.kind in ("number", "decimal"):
        return str(value).replace(".", ",")
    between = "\n" if field.kind == "list" else "; "
    return guarded(between.join(entry.said(field.name)))
