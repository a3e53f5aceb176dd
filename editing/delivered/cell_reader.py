"""What single cells of a list say, by the field that their column is read as. Plain Python."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from editing.delivered.cells import values
from editing.delivered.cells.names import Names, sdg_numbers, several
from editing.delivered.cells.values import UNREADABLE, Read
from editing.delivered.cells.words import UNTICKED, begins_with, is_tick, key, printable, says_nothing
from editing.delivered.columns import COST, NOTE, PERIOD, YEARS
from editing.delivered.layout import Row
from editing.tables.grid import Value, text_of

ALIASES = {  # of choices, besides their own words
    "novelty": {
        "new": ("neu", "neue", "neues", "neue massnahme", "neues projekt", "geplant", "n", "neuvorhaben"),
        "existing": (
            "bestehend", "bestehende", "laufend", "bestand", "alt", "vorhanden", "fortfuehrung", "weiterfuehrung",
            "b", "laufende massnahme", "in umsetzung", "bestandsmassnahme", "bereits vorhanden", "fortsetzung",
        ),
    },
    "participation": {
        "formal": ("formell", "foermlich", "formelle", "foermliche beteiligung"),
        "informal": ("informell", "informelle", "freiwillig"),
        "none": ("keine", "nein", "ohne", "nicht vorgesehen", "nicht erforderlich", "nicht notwendig", "entfaellt"),
    },
}  # fmt: skip
COSTS = {COST, "cost_once", "cost_yearly"}
_BULLET = re.compile(r"^[ \t]*[•·▪●–*-][ \t]+", re.MULTILINE)
LONGEST_CHOICE = 25  # characters; what is longer says how citizens take part
LONG = 2_000  # characters of a cell; what is longer is a text, and not taken apart
_ITEMS = re.compile(r"\s*[;\n]\s*|\s*,\s+(?![^()]*\))")


@dataclass
class Fields:
    """What is known of fields: the kind and label of each, as declared, and which the entries of a level have."""

    kinds: Mapping[str, str]
    labels: Mapping[str, str]
    of_level: Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Unknown:
    """A name that names nothing known, in a field."""

    field: str
    text: str


class CellReader:
    """Reads cells. `unknown` gathers the names that nothing known has, with the rows that they stand in."""

    def __init__(self, fields: Fields, names: Mapping[str, Names]) -> None:
        self.fields, self.names = fields, names
        self.unknown: dict[Unknown, list[Row]] = {}

    def read(self, target: str, value: Value, heading: str, row: Row) -> Read:
        """What a cell says below a heading."""
        readers: dict[str, Callable[[], Read]] = {
            PERIOD: lambda: values.period(value),
            "is_ongoing": lambda: _ongoing(value),
            "lead": lambda: self._lead(text_of(value), row),
            "sdgs": lambda: self._sdgs(text_of(value), heading),
            NOTE: lambda: Read({"text": f"**{heading.strip()}:** {_markdown(value)}"}),
        }
        if target in readers:
            return readers[target]()
        if target in COSTS:
            return values.cost(value, factor=values.factor_of(heading), kind="" if target == COST else target)
        if target in YEARS:
            return _year(value, target)
        return self._by_kind(target, value, heading, row)

    def _by_kind(self, target: str, value: Value, heading: str, row: Row) -> Read:
        """What a cell says of a field, by the kind of the field."""
        text = text_of(value)
        if target in self.names:
            return self._named(target, text, heading, row)
        readers: dict[str, Callable[[], Read]] = {
            "markdown": lambda: Read({target: _markdown(value)}),
            "list": lambda: Read({target: _items(value)}),
            "decimal": lambda: values.with_unit(value, name=target),
            "number": lambda: values.whole_number(value, name=target),
            "yes_no": lambda: _yes_no(text, target),
        }
        if says_nothing(text):
            return Read()
        return readers.get(self.fields.kinds[target], lambda: Read({target: printable(text)}))()

    def _named(self, target: str, text: str, heading: str, row: Row) -> Read:
        """Rows or choices by their names."""
        names = self.names[target]
        if is_tick(text) and (ticked := names.key_of(heading)):
            return Read({target: ticked})
        if (
            target == "novelty"
            and key(heading).startswith("neu")
            and text.casefold() in UNTICKED | {"ja", "x", "j"}
        ):
            return Read({target: "existing" if text.casefold() in UNTICKED else "new"})
        if text.casefold() in UNTICKED and target != "participation":
            return Read()
        is_many = self.fields.kinds[target] == "references"
        whole = names.key_of(text)
        found, unknown = (
            names.keys_in(text)
            if is_many
            else ([whole] if whole else [], [] if whole is not None else [text])
        )
        if target == "participation" and unknown and begins_with(text, ALIASES["participation"]["none"]):
            return Read({target: "none", "participation_note": text})
        if target == "participation" and unknown and len(text) > LONGEST_CHOICE:
            return Read({"participation_note": text})
        for each in unknown:
            self.unknown.setdefault(Unknown(target, each), []).append(row)
        return Read({target: ", ".join(found)} if found else {}, is_understood=not unknown or bool(found))

    def _sdgs(self, text: str, heading: str) -> Read:
        if says_nothing(text) or text.casefold() in UNTICKED:
            return Read()
        numbers = sdg_numbers(heading if is_tick(text) else text)
        if numbers is None:
            found, unknown = self.names["sdgs"].keys_in(text)
            numbers = [] if unknown else [int(each) for each in found]
        return Read({"sdgs": ", ".join(map(str, sorted(numbers)))}) if numbers else UNREADABLE

    def _lead(self, text: str, row: Row) -> Read:
        """The department that leads; others that the cell names take part."""
        names = self.names["lead"]
        whole = names.key_of(text)
        if whole is not None:
            return Read({"lead": whole} if whole else {})
        parts = several(text)
        lead, *others = parts or [text]
        named = names.key_of(lead)
        if named is None:
            self.unknown.setdefault(Unknown("lead", lead), []).append(row)
        read = Read(({"lead": named} if named else {}) | ({"partners": "\n".join(others)} if others else {}))
        return read if read.values or named is not None else UNREADABLE


def _ongoing(value: Value) -> Read:
    text = text_of(value)
    if says_nothing(text) or text.casefold() in UNTICKED:
        return Read()
    return Read({"is_ongoing": "ja"}) if is_tick(text) else values.period(value)


def _yes_no(text: str, name: str) -> Read:
    if is_tick(text) or text.casefold() in UNTICKED:
        return Read({name: "ja" if is_tick(text) else "nein"})
    return UNREADABLE


def _items(value: Value) -> str:
    """The entries of a list, a line each."""
    raw = _BULLET.sub("", value if isinstance(value, str) else text_of(value))
    items = _ITEMS.split(raw) if len(raw) <= LONG else raw.split("\n")
    return "\n".join(filter(None, map(printable, items)))


def _year(value: Value, name: str) -> Read:
    if name in ("start_year", "end_year"):
        return values.period(value, only=name)
    if says_nothing(text_of(value)):
        return Read()
    year = values.year_of(value)
    return Read({name: year}) if year else UNREADABLE


def _markdown(value: Value) -> str:
    """A text with its paragraphs; what looks like a list is one."""
    raw = value if isinstance(value, str) else text_of(value)
    return printable(_BULLET.sub("- ", raw))
