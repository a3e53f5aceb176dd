"""A table that came in: rows of cells under known columns, wherever the file had them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from editing.tables.cells import Cell, Unreadable, as_text
from editing.tables.columns import FOR_INFORMATION, columns, key_of, letters
from editing.tables.findings import TableError, shown
from measures.models import Department

MAX_ROWS = 20_000
MAX_CHARACTERS = 60_000_000  # of all cells together

RawRow = tuple[
    int, Mapping[int, Cell]
]  # its number in the file, and its cells that are not empty by their place


@dataclass(frozen=True)
class SheetRow:
    """A row of the table, by its number in the file, with its cells by column key. An empty cell is None; one of a
    column that the row does not have says nothing, and leaves what is there.

    Of a row of a city's own list several are made: `part` tells them apart. `sheet` names one of several sheets.
    """

    number: int
    cells: Mapping[str, Cell]
    part: int = 0
    sheet: str = ""

    @property
    def key(self) -> str:
        """What tells it from all other rows."""
        return ":".join(
            [*filter(None, [self.sheet]), str(self.number), *([str(self.part)] if self.part else [])]
        )


@dataclass
class Sheet:
    """The rows of a table that came in, where its columns stand, and the departments that come with it."""

    places: Mapping[str, int]
    rows: list[SheetRow] = field(default_factory=list)
    departments: Sequence[Department] = ()

    def address(self, row: SheetRow, key: str) -> str:
        """What a spreadsheet calls a cell, such as F12 or Klima!F12; without its column where that is none."""
        column = letters(self.places[key]) if key in self.places else ""
        return f"{row.sheet}!{column}{row.number}" if row.sheet else f"{column}{row.number}"


def sheet_of(rows: Iterable[RawRow]) -> Sheet:
    """The table in these rows; the first that is not empty holds the headers. TableError where it is none."""
    remaining = iter(rows)
    _number, header = next(remaining, (0, {}))
    if not header:
        raise TableError(_("The file is empty: it holds no table."))
    sheet = Sheet(_places(header))
    total = 0
    for number, cells in remaining:
        if not any(map(_says_something, cells.values())):
            continue
        total += sum(len(cell) for cell in cells.values() if isinstance(cell, str))
        if len(sheet.rows) == MAX_ROWS or total > MAX_CHARACTERS:
            raise TableError(
                _(
                    "The table is too large: at most 20,000 rows, and 60 million characters in all, are possible."
                )
            )
        _check_named(sheet, number, cells)
        sheet.rows.append(SheetRow(number, {key: cells.get(at) for key, at in sheet.places.items()}))
    if not sheet.rows:
        raise TableError(_("The table holds no rows below its headers."))
    return sheet


def _places(header: Mapping[int, Cell]) -> dict[str, int]:
    known = {column.key: column for column in columns()}
    places: dict[str, int] = {}
    unknown, twice = [], []
    for at, cell in sorted(header.items()):
        text = "" if isinstance(cell, Unreadable) else as_text(cell).strip()
        key = key_of(text)
        if key in places:
            twice.append(known[key].header)
        elif key in known:
            places[key] = at
        elif text or isinstance(cell, Unreadable):
            unknown.append(f"{letters(at)} ({shown(text)})")
    missing = [column.header for key, column in known.items() if key not in places]
    missing = [name for name in missing if key_of(name) not in FOR_INFORMATION]
    sentences = [
        sentence % {"names": ", ".join(names)}
        for sentence, names in (
            (_("Columns that the table needs are missing: %(names)s."), missing),
            (_("Columns that the table does not know: %(names)s."), unknown),
            (_("Columns that occur twice: %(names)s."), twice),
        )
        if names
    ]
    if sentences:
        more = _("Please take the headers as they stand in a downloaded table.")
        raise TableError(" ".join([*sentences, more]))
    return places


def _check_named(sheet: Sheet, number: int, cells: Mapping[int, Cell]) -> None:
    """No cell stands below an empty header: what it says would be lost."""
    named = set(sheet.places.values())
    lost = min((at for at in cells if at not in named and _says_something(cells[at])), default=None)
    if lost is not None:
        raise TableError(
            _("Cell %(address)s stands in a column without a header.")
            % {"address": f"{letters(lost)}{number}"}
        )


def _says_something(cell: Cell) -> bool:
    return isinstance(cell, Unreadable) or bool(as_text(cell).strip())
