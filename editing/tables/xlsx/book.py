"""All visible sheets of an XLSX file that was not made for the portal: formulas as what they yielded, dates as dates,
merged cells as ranges."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from editing.tables.columns import index_of
from editing.tables.findings import TableError
from editing.tables.grid import Grid, Merged
from editing.tables.sheet import MAX_CHARACTERS, MAX_ROWS, RawRow
from editing.tables.xlsx.package import Package
from editing.tables.xlsx.reading import SheetRows, texts_of, visible_sheets
from editing.tables.xlsx.styles import CellStyles

MAX_SHEETS = 50
MAX_MERGED = 20_000
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})")
_DAYS = 2_958_465  # what spreadsheets count to: 31.12.9999


def read_book(content: bytes) -> list[Grid]:
    """The sheets that hold anything, within the bounds that hold for our own tables."""
    package = Package(content)
    sheets, counts_from_1904 = visible_sheets(package)
    strings, styles = texts_of(package), package.read("xl/styles.xml", CellStyles())
    grids, size = [], _Size()
    for name, path in sheets[:MAX_SHEETS]:
        sheet = _DeliveredRows(strings, styles, counts_from_1904=counts_from_1904)
        rows: dict[int, Any] = {}
        for _piece in package.parse(path, sheet):
            size.add(sheet.rows)
            rows |= dict(sheet.rows)
            sheet.rows.clear()
        if rows:
            grids.append(Grid(name.strip(), rows, [*_ranges(sheet.merged)]))
    return grids


class _Size:
    """What all sheets together hold. TableError where it is too much."""

    def __init__(self) -> None:
        self.rows = self.characters = 0

    def add(self, rows: list[RawRow]) -> None:
        self.rows += len(rows)
        self.characters += sum(
            len(cell) for _number, cells in rows for cell in cells.values() if isinstance(cell, str)
        )
        if self.rows > MAX_ROWS or self.characters > MAX_CHARACTERS:
            raise TableError(
                _(
                    "The table is too large: at most 20,000 rows, and 60 million characters in all, are possible."
                )
            )


def _ranges(names: list[str]) -> Any:
    for name in names:
        if match := _RANGE.fullmatch(name):
            left, right = index_of(match[1]), index_of(match[3])
            yield Merged(int(match[2]), left, int(match[4]), right)


class _DeliveredRows(SheetRows):
    most_merged = MAX_MERGED
    takes_results = True

    def __init__(self, strings: list[str], styles: CellStyles, *, counts_from_1904: bool) -> None:
        super().__init__(strings, styles)
        self._zero = datetime.date(1904, 1, 1) if counts_from_1904 else datetime.date(1899, 12, 30)

    def of_date(self, value: str) -> Any:
        """The day; a time of day alone is none."""
        try:
            days = int(Decimal(value))
            return self._zero + datetime.timedelta(days=days) if 0 < days <= _DAYS else super().of_date(value)
        except (InvalidOperation, OverflowError, ValueError):
            return super().of_date(value)
