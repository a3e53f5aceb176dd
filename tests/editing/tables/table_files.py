"""Tables as an editor has them: downloaded, opened in a spreadsheet, changed, saved."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from editing.models import ImportFile
from editing.tables.columns import columns
from editing.tables.export import export
from editing.tables.findings import TableError
from editing.tables.import_actions import run_import
from editing.tables.plan import Plan, plan_of
from editing.tables.reading import read_sheet
from tests.factories import UserFactory

HEADERS = [column.header for column in columns()]
KEYS = [column.key for column in columns()]
RISKY = ("=", "+", "-", "@", "\t", "'")


class Table:
    """The rows of a downloaded table as a spreadsheet shows them, by title; without the "'" of a CSV file."""

    def __init__(self, kind: str = "xlsx", **scope: Any) -> None:
        self.kind = kind
        content = export(kind, **scope)
        self.grid = grid_of_xlsx(content) if kind == "xlsx" else grid_of_csv(content)
        self.keys = [header.rpartition("[")[2].rstrip("]") for header in self.grid[0]]

    def row(self, title: str) -> list[Any]:
        return next(row for row in self.grid[1:] if row[self.keys.index("title")] == title)

    def get(self, title: str, key: str) -> Any:
        return self.row(title)[self.keys.index(key)]

    def set(self, title: str, /, **cells: Any) -> None:
        row = self.row(title)
        for key, value in cells.items():
            row[self.keys.index(key)] = value

    def add(self, *, after: str | None = None, **cells: Any) -> None:
        """A new row behind that of a title, or at the end."""
        at = self.grid.index(self.row(after)) + 1 if after else len(self.grid)
        self.grid.insert(at, [cells.get(key) for key in self.keys])

    def drop(self, *titles: str) -> None:
        for title in titles:
            self.grid.remove(self.row(title))

    def put(self, title: str, *, before: str) -> None:
        """A row elsewhere."""
        row = self.row(title)
        self.grid.remove(row)
        self.grid.insert(self.grid.index(self.row(before)), row)

    def content(self) -> bytes:
        return xlsx_of(self.grid) if self.kind == "xlsx" else csv_of(self.grid)

    def plan(self) -> Plan:
        return plan_of(read_sheet(self.content()))

    def complaints(self) -> list[tuple[str, str]]:
        return [(finding.place, finding.says) for finding in self.plan().findings]

    def take_over(self, name: str = "Tabelle.xlsx", by: Any = None, reason: str = "") -> Plan:
        """Import it as somebody who has looked at the preview and confirms."""
        by = by or UserFactory()
        sheet = read_sheet(self.content())
        plan = plan_of(sheet)
        assert plan.findings == [], plan.findings
        file = ImportFile.objects.create(by=by, name=name, content=b"")
        return run_import(sheet, file=file, digest=plan.digest, by=by, reason=reason)


def summary(plan: Plan) -> dict[str, Any]:
    """What becomes of each node of a plan: "new", the names of its fields, "moved"; by title."""
    return {
        change.title: ["new"]
        if change.is_new
        else [*sorted(change.new), *(["moved"] if change.before else [])]
        for change in plan.changes
    }


def grid_of_xlsx(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [
        [value.replace("_x005F_", "_") if isinstance(value, str) else value for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def xlsx_of(grid: Iterable[Iterable[Any]]) -> bytes:
    """As a spreadsheet saves it: a text is a text, whatever it begins with."""
    book = Workbook()
    for y, row in enumerate(grid, start=1):
        for x, value in enumerate(row, start=1):
            cell = book.active.cell(y, x, value)
            if isinstance(value, str):
                cell.value = re.sub("_(?=x[0-9A-F]{4}_)", "_x005F_", value)
                cell.data_type = "s"
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def grid_of_csv(content: bytes) -> list[list[str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [[cell.removeprefix("'") for cell in row] for row in csv.reader(text, delimiter=";")]


def csv_of(grid: Iterable[Iterable[Any]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    rows = [["" if cell is None else str(cell) for cell in row] for row in grid]
    safe = [[f"'{cell}" if cell.startswith(RISKY) else cell for cell in row] for row in rows]
    csv.writer(text, delimiter=delimiter).writerows(safe)
    return text.getvalue().encode(encoding)


def refused(content: bytes) -> str:
    """What is said of a file that is no table."""
    with pytest.raises(TableError) as error:
        read_sheet(content)
    return str(error.value)


def row_with(**cells: Any) -> list[Any]:
    return [cells.get(key) for key in KEYS]


def grid(**cells: Any) -> list[list[Any]]:
    """Headers and one row."""
    return [HEADERS, row_with(**cells)]


def cell_of(content: bytes, key: str) -> Any:
    """What is read of the first row."""
    return read_sheet(content).rows[0].cells[key]
