"""The table as an XLSX file: the rows, and a sheet of hints. A text is always written as a text."""

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter

from editing.tables.cells import Cell
from editing.tables.columns import FOR_INFORMATION, PARENT, UID, Column
from editing.tables.hints import hints

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for an escaped character
_TOP = Alignment(vertical="top", wrap_text=True)
_TEXT = NamedStyle("Text der Strategie", number_format="@", alignment=_TOP)
_NUMBER = NamedStyle("Zahl der Strategie", number_format="General", alignment=Alignment(vertical="top"))
_HEADER = NamedStyle(
    "Kopf der Strategie",
    font=Font(bold=True),
    fill=PatternFill("solid", fgColor="E8EEF3"),
    alignment=_TOP,
    number_format="@",
)
_QUIET = NamedStyle(
    "Angabe der Strategie", font=Font(color="6B6B6B"), alignment=_TOP, number_format="@"
)  # what is not read when the table comes in, or better left alone


def write_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    explained: Iterable[Sequence[str]] | None = None,
) -> bytes:
    """The file. Headers and the first columns stay in view, long texts are wrapped. `explained` is the sheet of hints,
    its headers first; by default that of the strategy table."""
    book = Workbook(write_only=True)
    for style in (_TEXT, _NUMBER, _HEADER, _QUIET):
        book.add_named_style(style)
    _write_table(book.create_sheet(_("Strategy table")), columns, rows)
    _write_hints(book.create_sheet(_("Hints")), hints(columns) if explained is None else explained)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_table(sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    sheet.freeze_panes = "A2"
    quiet = [column.key in FOR_INFORMATION | {UID, PARENT} for column in columns]
    for at, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = column.width
        dimension.number_format = "@"  # so that a spreadsheet makes no date of "4.7" in a new row either
        dimension.alignment = _TOP
    sheet.append([_cell(sheet, column.header, _HEADER) for column in columns])
    for row in rows:
        sheet.append(
            [
                None if cell is None else _cell(sheet, cell, _style(cell, is_quiet))
                for cell, is_quiet in zip(row, quiet, strict=True)
            ]
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"


def _style(cell: Cell, is_quiet: bool) -> NamedStyle:
    if is_quiet:
        return _QUIET
    return _TEXT if isinstance(cell, str) else _NUMBER


def _cell(sheet: Any, value: Any, style: NamedStyle) -> Any:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, Decimal(value) if isinstance(value, Decimal) else value)
    else:
        cell = WriteOnlyCell(sheet, _ESCAPE.sub("_x005F_", value))
        cell.data_type = "s"  # never a formula, whatever it begins with
    cell.style = style.name
    return cell


def _write_hints(sheet: Any, explained: Iterable[Sequence[str]]) -> None:
    for letter, width in (("A", 40), ("B", 32), ("C", 90)):
        sheet.column_dimensions[letter].width = width
    first, *others = explained
    sheet.append([_cell(sheet, text, _HEADER) for text in first])
    for row in others:
        sheet.append([_cell(sheet, text, _TEXT) for text in row])
