"""The rows of an XLSX file: of its first visible sheet, cell by cell as they are stored; what is shown in percent, or
with zeros before it, as it is shown."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from editing.tables.cells import DIGITS, Cell, Unreadable
from editing.tables.columns import index_of
from editing.tables.findings import TableError, shown
from editing.tables.sheet import RawRow
from editing.tables.xlsx.package import Package, damaged
from editing.tables.xlsx.styles import CellStyles

MAX_COLUMNS = 500
MAX_STRINGS = 500_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"[-+0-9.eE]{1,40}")


def read_xlsx(content: bytes) -> Iterator[RawRow]:
    """The rows that hold anything. Hidden sheets, and all but the first visible one, are left alone."""
    package = Package(content)
    sheets, _counts_from_1904 = visible_sheets(package)
    _name, path = sheets[0]
    sheet = SheetRows(texts_of(package), package.read("xl/styles.xml", CellStyles()))
    for _piece in package.parse(path, sheet):
        yield from sheet.rows
        sheet.rows.clear()
    if sheet.merged:
        raise TableError(
            _("The cells %(cells)s are merged. Please split them: only the first of them would be read.")
            % {"cells": shown(", ".join(sheet.merged))}
        )


def visible_sheets(package: Package) -> tuple[list[tuple[str, str]], bool]:
    """The names and paths of the sheets that one sees, at least one; and whether the book counts days from 1904."""
    book = package.read("xl/workbook.xml", _Sheets())
    targets = package.read("xl/_rels/workbook.xml.rels", _Targets()).found
    named = [(name, targets[each].lstrip("/")) for name, each in book.found if each in targets]
    paths = [(name, path if path.startswith("xl/") else f"xl/{path}") for name, path in named]
    there = [(name, path) for name, path in paths if path in package.names]
    if not there:
        raise damaged()
    return there, book.counts_from_1904


def texts_of(package: Package) -> list[str]:
    """The texts that cells refer to by number."""
    strings: list[str] = package.read("xl/sharedStrings.xml", _Strings()).found
    return strings


class _Quiet:
    """A handler that minds nothing; others say what they mind."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Sheets(_Quiet):
    """The names and relations of the visible sheets, in their order."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.counts_from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.found.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904", "") in ("1", "true")


class _Targets(_Quiet):
    """The paths of the worksheets, by relation."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")


class _Texts(_Quiet):
    """Gathers the text of `t` elements, without the reading aids of Japanese."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_text = self._is_aid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rPh":
            self._is_aid = True
        elif name == "t":
            self._is_text = not self._is_aid

    def end(self, name: str) -> None:
        if name == "rPh":
            self._is_aid = False
        elif name == "t":
            self._is_text = False

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)

    def take(self) -> str:
        """What was gathered since."""
        text = _ESCAPED.sub(_unescaped, "".join(self._pieces))
        self._pieces.clear()
        return text.replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


class _Strings(_Texts):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(self.take())
            if len(self.found) > MAX_STRINGS:
                raise TableError(_("The XLSX file holds more texts than a strategy has."))


class SheetRows(_Texts):
    """The rows of a sheet that hold anything, and which of its cells are merged. Formulas and dates are no values."""

    most_merged = 10  # that are named
    takes_results = False  # of formulas, as they were when the file was saved

    def __init__(self, strings: list[str], styles: CellStyles) -> None:
        super().__init__()
        self.rows: list[RawRow] = []
        self.merged: list[str] = []
        self._strings, self._styles = strings, styles
        self._number, self._column = 0, -1
        self._cells: dict[int, Cell] = {}
        self._value: list[str] = []
        self._kind, self._style = "n", 0
        self._is_value = self._is_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, its value, or a range of merged cells begins."""
        super().start(name, attributes)
        if name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if re.fullmatch(r"\d{1,7}", number) else self._number + 1
            self._column, self._cells = -1, {}
        elif name == "c":
            match = _ADDRESS.fullmatch(attributes.get("r", ""))
            self._column = index_of(match[1]) if match else self._column + 1
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self._style = int(style) if re.fullmatch(r"\d{1,7}", style) else 0
            self._is_formula = False
            self._value.clear()
        elif name == "v":
            self._is_value = True
        elif name == "f":
            self._is_formula = True
        elif name == "mergeCell" and len(self.merged) < self.most_merged:
            self.merged.append(attributes.get("ref", ""))

    def text(self, data: str) -> None:
        """A part of a cell's text or value."""
        if self._is_value:
            self._value.append(data)
        else:
            super().text(data)

    def end(self, name: str) -> None:
        """A cell is complete, or a row with all of its cells."""
        super().end(name)
        if name == "v":
            self._is_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            self.rows.append((self._number, self._cells))

    def _end_cell(self) -> None:
        cell = self._read(self.take(), "".join(self._value))
        if cell is None or cell == "":
            return
        if self._column >= MAX_COLUMNS:
            raise TableError(_("The table has more than 500 columns."))
        self._cells[self._column] = cell

    def _read(self, text: str, value: str) -> Cell:
        if self._is_formula and not self.takes_results:
            return Unreadable(_("A formula stands here. Please replace it by the value that it yields."))
        if self._kind == "inlineStr":
            return text
        if not value:
            return None
        readers = {"s": self._shared, "n": self._number_of, "str": _plain_text, "b": _yes_or_no}
        return readers.get(self._kind, _no_value)(value)

    def _shared(self, value: str) -> Cell:
        index = int(value) if re.fullmatch(r"\d{1,7}", value) else MAX_STRINGS
        return self._strings[index] if index < len(self._strings) else _no_value(value)

    def _number_of(self, value: str) -> Cell:
        if self._style in self._styles.dates:
            return self.of_date(value)
        if not _NUMBER.fullmatch(value):
            return _no_value(value)
        try:
            number: Any = Decimal(f"{float(value):.{DIGITS}g}")
            if shown_as := self._styles.shown.get(self._style):
                return shown_as(number)
            return int(number) if number == number.to_integral_value() else number
        except (ValueError, InvalidOperation, OverflowError):
            return _no_value(value)

    def of_date(self, value: str) -> Any:
        """What stands in a cell that shows a date."""
        return Unreadable(
            _("The spreadsheet has made a date of what was typed here. Please format the cell as text first.")
        )


def _plain_text(value: str) -> Cell:
    return _ESCAPED.sub(_unescaped, value)


def _yes_or_no(value: str) -> Cell:
    return value == "1"


def _no_value(value: str) -> Unreadable:
    return Unreadable(_("“%(value)s” is no value that can be read.") % {"value": shown(value)})
