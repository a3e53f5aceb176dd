"""What cells of lists say, as values of fields: amounts, years, numbers with their unit. Plain Python.

Each reading gives the values by field, what is to stand beside them in words, and nothing where it cannot be told.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from editing.delivered.cells.words import key, says_nothing
from editing.tables.cells import as_text
from editing.tables.grid import Value, text_of
from strategy.text.numbers import german_number

_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:[. '\u00a0\u202f]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d+)?)(?:,-+)?"
    r"\s*(?P<factor>t ?€|t ?eur(?:o)?\b|tsd\.?|tausend|mio\.?|mill\.|millionen?|mrd\.?)?\s*(?P<euro>€|eur(?:o)?\b)?",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"jährlich|p\. ?a\.?|pro jahr|/ ?jahr|/ ?a\b|im jahr|je jahr|jhrl|per anno", re.IGNORECASE
)
_ONCE = re.compile(r"einmalig|investiv|anschaffung", re.IGNORECASE)
_ABOUT = re.compile(
    r"ca\.?|circa|rund|etwa|geschätzt|bis zu|max\.?|mind\.?|mindestens|maximal|ungefähr|~|>|<|ab\b|bis\b|von\b|je\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(19[9]\d|20\d\d|2100)(?!\d)")
_SHORT_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*[-–/]\s*(\d\d)(?![\d.\-])")
_SHORT_DATE = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.(\d\d)(?!\d)")
_ONGOING = re.compile(
    r"laufend|dauerhaft|daueraufgabe|kontinuierlich|ständig|unbefristet|permanent|fortwährend|regelmäßig"
    r"|(?<=\d) ?ff\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(bis|spätestens|abschluss|ende|fertig)", re.IGNORECASE)
_FROM = re.compile(r"\b(ab|seit|beginn|start|von)\b", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(?P<sign>[-+−]?)(?P<number>\d[\d.]*(?:,\d+)?)\s*(?P<unit>.*)", re.DOTALL)
LONGEST = 300  # characters of a cell that names an amount
_FACTORS = {"t": 1_000, "m": 1_000_000, "b": 1_000_000_000}
UNITS = {
    "%": "Prozent",
    "v.h.": "Prozent",
    "km": "Kilometer",
    "st.": "Stück",
    "stk.": "Stück",
    "t": "Tonnen",
    "to": "Tonnen",
}


@dataclass
class Read:
    """What a cell says: values by field, and words that are to stand beside them. Without either it says nothing."""

    values: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    is_understood: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether the cell says that nothing is said."""
        return self.is_understood and not self.values and not self.note


UNREADABLE = Read(is_understood=False)


def year_of(value: Value) -> int | None:
    """The year of a date, a number or a text that names one; None for none, or several."""
    years = [year for year, _at in _years(value)]
    return years[0] if len(set(years)) == 1 else None


def period(value: Value, *, only: str = "") -> Read:
    """The years from and to, and whether it goes on. `only` names the one field that a column holds."""
    text = text_of(value)
    if says_nothing(text):
        return Read()
    years = sorted({year for year, _at in _years(value)})
    has_end = bool(years and re.search(r"\bbis\b(?! auf)", text, re.IGNORECASE))
    if _ONGOING.search(text) and not has_end:
        return Read({"is_ongoing": "ja"} | ({"start_year": years[0]} if years else {}))
    if not years:
        return UNREADABLE
    if len(years) > 1:
        return Read({"start_year": years[0], "end_year": years[-1]})
    return Read(dict.fromkeys([only] if only else _ends_named(text), years[0]))


def _ends_named(text: str) -> list[str]:
    """Which of the two ends the only year of a text is; a year alone is both."""
    is_start, is_end = bool(_FROM.search(text)), bool(_UNTIL.search(text))
    if is_start == is_end:
        return ["start_year"] if is_start else ["start_year", "end_year"]
    return ["start_year"] if is_start else ["end_year"]


def _years(value: Value) -> Iterator[tuple[int, int]]:
    if isinstance(value, datetime.date):
        yield value.year, 0
        return
    text = text_of(value)
    for match in _YEAR.finditer(text):
        yield int(match[1]), match.start()
    years = _SHORT_RANGE.search(text)
    if years and int(years[2]) > int(years[1]) % 100:
        yield 2000 + int(years[2]), years.start(2)
    for match in _SHORT_DATE.finditer(text):
        yield 2000 + int(match[1]), match.start(1)


def cost(value: Value, *, factor: int = 1, kind: str = "") -> Read:
    """Whole euros, once or yearly (`kind` says which, where the heading does), and in words what else is said."""
    text = text_of(value)
    if isinstance(value, datetime.date):
        return UNREADABLE
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _euros(Decimal(value) * factor, kind or "cost_once")
    if says_nothing(text):
        return Read()
    if len(text) > LONGEST:
        return Read({}, text)
    parts = [_one_cost(part, factor, "") for part in _parts(text)]
    if (
        len(parts) == 2
        and all(part.values for part in parts)
        and not parts[0].values.keys() & parts[1].values.keys()
    ):
        return Read(parts[0].values | parts[1].values, "; ".join(part.note for part in parts if part.note))
    return _one_cost(text, factor, kind)


def _euros(amount: Decimal, name: str) -> Read:
    if amount < 0:
        return UNREADABLE
    whole = int(amount.to_integral_value())
    return Read({name: whole}, "" if whole == amount else f"{as_text(amount)} €")


def _one_cost(text: str, factor: int, kind: str) -> Read:
    """The amount of a text that names one; a text with a span, or without an amount, stands beside it as it is."""
    amounts = [amount for match in _AMOUNT.finditer(text) if (amount := _amount(match, factor)) is not None]
    if len(amounts) != 1 or re.match(r"[-−–]\s*\d", text):
        return Read({}, text)
    named = (
        "cost_yearly" if _YEARLY.search(text) else "cost_once" if _ONCE.search(text) else kind or "cost_once"
    )
    rest = _ONCE.sub("", _YEARLY.sub("", _AMOUNT.sub("", text, count=1)))
    whole = int(amounts[0].to_integral_value())
    is_more = bool(key(rest)) or bool(_ABOUT.search(rest)) or whole != amounts[0]
    return Read({named: whole}, text if is_more else "")


def _parts(text: str) -> list[str]:
    """The amounts of a text that names two: "20.000 € einmalig, 5.000 € p. a."."""
    parts = re.split(r"\s*(?:[;+\n|]|, (?=\D*\d)|\bund\b|\bzzgl\.?|\bzuzüglich\b)\s*", text)
    return [part for part in parts if part]


def _amount(match: re.Match[str], factor: int) -> Decimal | None:
    digits = re.sub("[ '\u00a0\u202f]", "", match["number"])
    if re.fullmatch(r"\d{1,3}(,\d{3})+", digits):  # as programs in English write it; euros have two decimals
        digits = digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    number = Decimal(digits.replace(",", "."))
    is_alone = match[0].strip() == match.string.strip()
    is_year = (
        not is_alone and not match["euro"] and not match["factor"] and re.fullmatch(r"(19|20)\d\d", digits)
    )
    if is_year or number > Decimal(10) ** 13:
        return None
    named = (match["factor"] or "").casefold()
    if named.startswith("mrd"):
        return number * _FACTORS["b"]
    if named.startswith("m"):
        return number * _FACTORS["m"]
    if named.startswith("t"):
        return number * _FACTORS["t"]
    return number if match["euro"] else number * factor


def factor_of(heading: str) -> int:
    """What amounts below a heading are multiplied by: "Kosten in T€"."""
    text = heading.casefold()
    if re.search(r"\bt ?€|\bteur|\btsd|tausend|1\.000 ?€|in 1000|k€", text):
        return 1_000
    return 1_000_000 if re.search(r"\bmio|million", text) else 1


def whole_number(value: Value, *, name: str) -> Read:
    """A whole number, whatever stands behind it."""
    read = with_unit(value, name=name)
    return Read({name: read.values[name]}) if read.values else read


def with_unit(value: Value, *, name: str) -> Read:
    """A number, and its unit: "85 %" is 85 with the unit Prozent."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Read({name: value})
    text = text_of(value)
    if says_nothing(text):
        return Read()
    match = _WITH_UNIT.fullmatch(text)
    number = german_number(match["number"]) if match else None
    if not match or number is None or len(match["unit"]) > 40:
        return UNREADABLE
    signed = -number if match["sign"] in ("-", "−") else number
    unit = match["unit"].strip()
    unit = UNITS.get(unit.casefold(), unit)
    return Read({name: signed} | ({"unit": unit} if unit else {}))
