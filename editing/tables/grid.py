"""A sheet as it stands in a file, whatever it is about: rows of cells by number and column. Plain values."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from editing.tables.cells import Cell, Unreadable, as_text

Value = Cell | datetime.date


@dataclass(frozen=True)
class Merged:
    """A range of merged cells, from the first row and column to the last."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, eq=False)
class Grid:
    """The rows that hold anything, by their number in the file; the first cell alone of those that are merged."""

    name: str
    rows: Mapping[int, Mapping[int, Value]]
    merged: Iterable[Merged] = field(default_factory=tuple)

    @property
    def headers_of_table(self) -> Mapping[int, Value]:
        """The first row that holds anything."""
        return next(iter(self.rows.values()), {})


def text_of(value: Value) -> str:
    """A value as somebody reads it in the spreadsheet; "" for what is no value."""
    if isinstance(value, datetime.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return "" if isinstance(value, Unreadable) else " ".join(as_text(value).split())
