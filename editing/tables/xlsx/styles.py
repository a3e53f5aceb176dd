"""Which styles of an XLSX file show a number as a date or a time."""

import re

_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LETTERS = re.compile("[dmyhs]", re.IGNORECASE)
MAX_STYLES = 100_000


class DateStyles:
    """Told the elements of styles.xml, it finds the numbers of those cell formats."""

    def __init__(self) -> None:
        self.found: set[int] = set()
        self._formats = set(_BUILT_IN)
        self._is_cell_format = False
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A number format of the file's own, or a cell format that names one."""
        if name == "numFmt" and is_date(attributes.get("formatCode", "")):
            self._formats.add(_number(attributes.get("numFmtId", "")))
        elif name == "cellXfs":
            self._is_cell_format = True
        elif name == "xf" and self._is_cell_format and self._count < MAX_STYLES:
            if _number(attributes.get("numFmtId", "")) in self._formats:
                self.found.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        """The end of the cell formats; others follow that cells do not name."""
        if name == "cellXfs":
            self._is_cell_format = False

    def text(self, data: str) -> None:
        """No style is written as text."""


def is_date(code: str) -> bool:
    """Whether a number format such as "dd.mm.yyyy" shows a date or a time."""
    return bool(_LETTERS.search(_NO_DATE.sub("", code.split(";", maxsplit=1)[0][:255])))


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,7}", text) else -1
