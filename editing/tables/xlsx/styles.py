"""Which styles of an XLSX file show a number as something else: as a date, in percent, with zeros before it."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

AsShown = Callable[[Decimal], str]
"""What a cell shows of its number."""

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN = {9: "0%", 10: "0.00%"}
_LITERALS = r'"[^"]*"|\\.|_.|\*.|'
_NO_DATE = re.compile(_LITERALS + r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_NO_DIGITS = re.compile(_LITERALS + r"\[[^\]]*\]")
_LETTERS = re.compile("[dmyhs]", re.IGNORECASE)
_PERCENT = re.compile(r"[0#?,]*(?:\.([0#?]*))?\s*%")
_ZEROS = re.compile("0{2,20}")
MAX_STYLES = 100_000


class CellStyles:
    """Told the elements of styles.xml, it finds the numbers of the cell formats that show a date (`dates`), and what
    others show of a number where that is not the number itself (`shown`)."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self.shown: dict[int, AsShown] = {}
        self._dates = set(_BUILT_IN_DATES)
        self._shown = {number: shown for number, code in _BUILT_IN.items() if (shown := as_shown(code))}
        self._is_cell_format = False
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A number format of the file's own, or a cell format that names one."""
        if name == "numFmt":
            code, number = attributes.get("formatCode", ""), _number(attributes.get("numFmtId", ""))
            if is_date(code):
                self._dates.add(number)
            elif shown := as_shown(code):
                self._shown[number] = shown
        elif name == "cellXfs":
            self._is_cell_format = True
        elif name == "xf" and self._is_cell_format and self._count < MAX_STYLES:
            self._note(_number(attributes.get("numFmtId", "")))

    def _note(self, number: int) -> None:
        if number in self._dates:
            self.dates.add(self._count)
        elif number in self._shown:
            self.shown[self._count] = self._shown[number]
        self._count += 1

    def end(self, name: str) -> None:
        """The end of the cell formats; others follow that cells do not name."""
        if name == "cellXfs":
            self._is_cell_format = False

    def text(self, data: str) -> None:
        """No style is written as text."""


def is_date(code: str) -> bool:
    """Whether a number format such as "dd.mm.yyyy" shows a date or a time."""
    return bool(_LETTERS.search(_NO_DATE.sub("", _for_positive(code))))


def as_shown(code: str) -> AsShown | None:
    """What a number format shows of a number: "0.0%" one in percent, "0000" one of four digits. None for others."""
    digits = _NO_DIGITS.sub("", _for_positive(code)).strip()
    if match := _PERCENT.fullmatch(digits):
        return _in_percent(len(match[1] or ""))
    if _ZEROS.fullmatch(digits):
        return lambda number: f"{number:0{len(digits)}.0f}"
    return None


def _in_percent(places: int) -> AsShown:
    smallest = Decimal(1).scaleb(-places)

    def shown(number: Decimal) -> str:
        percent = (number * 100).quantize(smallest, rounding=ROUND_HALF_UP)
        return f"{percent:f} %".replace(".", ",")

    return shown


def _for_positive(code: str) -> str:
    return code.split(";", maxsplit=1)[0][:255]


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,7}", text) else -1
