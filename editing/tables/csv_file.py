"""The table as a CSV file as German spreadsheets open it: UTF-8 with a mark, semicolons, decimal commas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from editing.tables.cells import Cell, as_text
from editing.tables.columns import UID, key_of
from editing.tables.findings import TableError
from editing.tables.sheet import RawRow
from strategy.text.spreadsheets import csv_bytes, guarded, unguarded

_DELIMITERS = ";,\t"


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file. A text that a spreadsheet would take for a formula is guarded; numbers are not."""
    return csv_bytes(headers, ([_written(cell) for cell in row] for row in rows))


def _written(cell: Cell) -> str:
    return guarded(cell) if isinstance(cell, str) else as_text(cell)


def read_csv(content: bytes) -> Iterator[RawRow]:
    """The rows of a file, exactly one "'" taken from the beginning of each cell that begins with it."""
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, {at: _read(cell) for at, cell in enumerate(row) if cell}
    except csv.Error as error:
        raise TableError(
            _(
                "The CSV file is damaged after row %(number)s: a quotation mark is missing, or a cell is too long."
            )
            % {"number": number}
        ) from error


def _read(cell: str) -> str:
    return unguarded(cell).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            _(
                "The CSV file is not in UTF-8: umlauts would be lost. Please save it in Excel as “CSV UTF-8”, or as "
                ".xlsx."
            )
        ) from error
    if "\x00" in text:
        raise TableError(_("This is neither an XLSX nor a CSV file."))
    return text


def _delimiter(text: str) -> str:
    """The one that splits the first line so that the column of identities is found."""
    line = text.lstrip("\r\n").partition("\n")[0][:20_000]
    for each in _DELIMITERS:
        if UID in map(key_of, next(csv.reader([line], delimiter=each), [])):
            return each
    return ";"
