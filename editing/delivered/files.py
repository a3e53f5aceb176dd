"""The sheets of a file that a city made for itself: XLSX, or CSV in the encodings that spreadsheets write."""

import csv
import io
import re
from collections import Counter

from django.utils.translation import gettext as _

from editing.tables.findings import TableError
from editing.tables.grid import Grid, Value
from editing.tables.reading import kind_of_file
from editing.tables.sheet import MAX_ROWS
from editing.tables.xlsx.book import read_book
from strategy.text.spreadsheets import RISKY, unguarded

MAX_COLUMNS = 500
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[ \t;,]*\r?\n", re.IGNORECASE)
_DELIMITERS = ";\t,|"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_grids(content: bytes) -> list[Grid]:
    """The sheets of a file that hold anything. TableError with a German sentence where there is none."""
    grids = read_book(content) if kind_of_file(content) == "xlsx" else [_read_csv(content)]
    if not any(grid.rows for grid in grids):
        raise TableError(_("The file is empty: it holds no table."))
    return grids


def _read_csv(content: bytes) -> Grid:
    text = _decoded(content)
    delimiter = ""
    if match := _SEPARATOR.match(text):
        delimiter, text = match[1], "\n" + text[match.end() :]  # the rows keep the numbers that a person sees
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True)
    rows: dict[int, dict[int, Value]] = {}
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise TableError(
                    _(
                        "The table is too large: at most 20,000 rows, and 60 million characters in all, are possible."
                    )
                )
            if len(row) > MAX_COLUMNS:
                raise TableError(_("The table has more than 500 columns."))
            cells: dict[int, Value] = {at: _read(cell) for at, cell in enumerate(row) if cell.strip()}
            if cells:
                rows[number] = cells
    except csv.Error as error:
        raise TableError(
            _(
                "The CSV file is damaged after row %(number)s: a quotation mark is missing, or a cell is too long."
            )
            % {"number": number}
        ) from error
    return Grid("", rows)


def _read(cell: str) -> str:
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    return unguarded(text) if text.startswith("'") and text[1:].startswith(RISKY) else text


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 where the file is in it, or else what German Windows writes."""
    named = next((encoding for mark, encoding in _BOMS if content.startswith(mark)), "")
    if not named and content.count(b"\x00") > len(content) // 4:
        named = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    try:
        text = content.decode(named or "utf-8")
    except UnicodeDecodeError:
        if named:
            raise _no_table() from None
        text = content.decode("cp1252", errors="replace")
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32)))
    if "\x00" in text or controls > len(text) // 100 or text.count("\ufffd") > len(text) // 100:
        raise _no_table()
    return text


def _no_table() -> TableError:
    return TableError(_("This is neither an XLSX nor a CSV file."))


def _delimiter(text: str) -> str:
    """The one that splits most lines into the same number of cells, more than one."""

    def regular(delimiter: str) -> tuple[int, int]:
        try:
            rows = csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=delimiter)
            widths = Counter(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, count = max(widths.items(), key=lambda pair: pair[1], default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=regular)
