"""A delivered list once more, with a column that says what was not taken over, and why."""

import io
import re
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from editing.delivered.delivery import Delivery
from editing.tables.cells import Unreadable
from editing.tables.columns import letters
from editing.tables.grid import Grid
from editing.tables.sheet import MAX_ROWS

MAX_TEXT = 32_767  # characters that a cell of a spreadsheet takes
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for an escaped character
HEADING = "Anmerkungen des Portals"  # known when the file comes in again


def remarks_file(delivery: Delivery) -> bytes:
    """The sheets that were read, as XLSX: their rows where they stood, and the remarks behind them."""
    book = Workbook(write_only=True)
    remarks = remarks_of(delivery)
    for grid, layout in zip(delivery.sheets, delivery.layouts, strict=True):
        sheet = book.create_sheet(_sheet_name(grid))
        width = max(max(row) for row in grid.rows.values()) + 1
        name = grid.name if delivery.are_several else ""
        last = max(grid.rows)
        for number in range(1, last + 1) if last <= MAX_ROWS else grid.rows:
            row = grid.rows.get(number, {})
            cells = [_cell(sheet, row.get(at)) for at in range(width)]
            more = HEADING if number == layout.headers[-1] else " ".join(remarks[name, number])
            sheet.append([*cells, _cell(sheet, more) if more else None])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def remarks_of(delivery: Delivery) -> dict[tuple[str, int], list[str]]:
    """The remarks on each row, by sheet and number."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for note in delivery.lost:
        text = _("%(column)s “%(value)s”: %(says)s.") % {
            "column": letters(note.column),
            "value": note.before[:60],
            "says": note.lost.rstrip("."),
        }
        found[note.sheet, note.row].append(text)
    for unknown, rows in delivery.conversion.unknown.items():
        for row in rows:
            found[row.sheet, row.number].append(_("“%(value)s” is not known.") % {"value": unknown.text[:60]})
    for finding in delivery.plan.findings:
        sheet, _sign, _cell_of = finding.address.rpartition("!")
        found[sheet, finding.row].append(finding.says)
    for each in delivery.skipped:
        found[each.sheet, each.number].append(_("This row was not read."))
    return found


def _cell(sheet: Any, value: Any) -> Any:
    """A value as it stood. A text stays a text, whatever it begins with."""
    if isinstance(value, Unreadable):
        return value.says
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", _ESCAPE.sub("_x005F_", value))[:MAX_TEXT])
    cell.data_type = "s"
    return cell


def _sheet_name(grid: Grid) -> str:
    clean = "".join(char for char in grid.name if char not in r"[]:*?/\'")
    return clean[:31] or _("List")
