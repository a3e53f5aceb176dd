"""Numbers that say where an entry stands: 1.2 below 1, 1.2.3 below that. Plain Python.

A spreadsheet makes 1.1 of 1.10, and the first of February of 1.2: both are turned back.
"""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from editing.tables.grid import Value, text_of

_TYPED_SINCE = 2018  # a date without a year gets that in which it is typed
_CODE = re.compile(r"(?:[A-Za-zÄÖÜ]{1,4}[ .\-]{0,2})?(\d{1,3}(?:[.\-]\d{1,3})*)\.?")
_BEFORE_TITLE = re.compile(
    r"(?:(?:[A-ZÄÖÜ]{1,3}[ .\-]?)?\d{1,3}(?:\.\d{1,3})*[.):]?(?:\s*[:–-])?|[IVX]{1,4}[.:]|[A-Z][.:)])\s+(?=\S)"
)


def code_of(value: Value) -> str:
    """The number as parts with points between them; "" where it is none."""
    if isinstance(value, datetime.date):
        parts = [value.day, value.month]
        if value.year < _TYPED_SINCE:  # a third part, of which the spreadsheet has made 2003
            parts.append(value.year % 100)
        return ".".join(map(str, parts))
    text = text_of(value).replace(",", ".") if isinstance(value, Decimal) else text_of(value)
    match = _CODE.fullmatch(text)
    return ".".join(str(int(part)) for part in re.split(r"[.\-]", match[1])) if match else ""


def codes_of(values: Iterable[Value]) -> list[str]:
    """The numbers of a column in their order, with the zero that a spreadsheet takes from the end of 1.10."""
    found: list[str] = []
    seen: set[str] = set()
    last: dict[str, int] = {}  # of each prefix
    for value in values:
        code = code_of(value)
        head, _point, tail = code.rpartition(".")
        lost = not isinstance(value, str) and head and code in seen and last.get(head, 0) % 10 == 9
        if lost and int(tail) * 10 == last[head] + 1:
            tail = f"{tail}0"
            code = f"{head}.{tail}"
        if code:
            seen.add(code)
            last[head] = int(tail)
        found.append(code)
    return found


def depth(code: str) -> int:
    """How many parts a number has; 0 for none."""
    return len(code.split(".")) if code else 0


def split_title(text: str) -> tuple[str, str]:
    """A number that stands before a title, and the title: "1.2 Radwege", "M 3: Radwege", "II. Radwege"."""
    match = _BEFORE_TITLE.match(text)
    if not match:
        return "", text
    return code_of(match[0].strip(" :–-.)")), text[match.end() :].lstrip(" :–-")


def are_numbered(texts: Iterable[str]) -> bool:
    """Whether titles begin with a number, nearly all of them: "1.000 Bäume" alone is no number 1.000."""
    texts = list(texts)
    return bool(texts) and sum(bool(_BEFORE_TITLE.match(text)) for text in texts) > 0.8 * len(texts)
