"""An edition's nodes as CSV files, in the words of their declarations."""

import csv
import io
from collections.abc import Iterable

from strategy.document.data import COMMON_FIELDS, Plain
from strategy.document.document import Document, Entry
from strategy.text.spreadsheets import csv_bytes, guarded
from strategy.tree.fields import DecimalNumber, Field, Lines, Number
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


def without_newer_columns(table: bytes, older: bytes) -> bytes:
    """The table without its empty columns that an older one lacks: of fields that came with a later program."""
    columns = older.decode("utf-8-sig", errors="replace").partition("\r\n")[0].split(";")
    header, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";")
    kept = [at for at, name in enumerate(header) if name in columns or any(row[at] for row in rows)]
    return csv_bytes([header[at] for at in kept], ([row[at] for at in kept] for row in rows))


def _table(document: Document, levels: Iterable[Level]) -> bytes:
    fields = {each.name: each for level in levels for each in level.fields if not each.is_derived}
    entries = document.entries(*(level.kind for level in levels))
    rows = ([*_common(entry), *(_cell(field, entry) for field in fields.values())] for entry in entries)
    return csv_bytes([*COMMON, *fields], rows)


def _common(entry: Entry) -> list[str]:
    content = entry.content
    cells = {
        "parent": entry.parent.uid if entry.parent else "",
        "is_sample": "ja" if content.is_sample else "nein",
    }
    return [cells[name] if name in cells else guarded(getattr(content, name)) for name in COMMON]


def _cell(field: Field, entry: Entry) -> str:
    """A value in words; numbers as numbers, with a decimal comma; "" where this edition or level lacks the field."""
    value: Plain = entry.values.get(field.name)
    if value is None:
        return ""
    if isinstance(field, Number | DecimalNumber):
        return str(value).replace(".", ",")
    between = "\n" if isinstance(field, Lines) else "; "
    return guarded(between.join(field.lines(value)))
