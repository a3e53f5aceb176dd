"""The value of a field as a cell says it, and back. A cell is a text, a number, a yes or no, or empty."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from editing.tables.findings import shown
from strategy.document.data import Plain
from strategy.text.numbers import german_number, without_zeros
from strategy.tree.fields import Choice, DecimalNumber, Field, FieldError, Lines, Number, YesNo
from strategy.tree.reference_fields import Reference, References

Model = type[models.Model]
DIGITS = 15  # what a spreadsheet keeps of a number
YES, NO = "ja", "nein"
_YES, _NO = {YES, "wahr", "true", "1"}, {NO, "falsch", "false", "0"}
_WITH_POINT = re.compile(r"-?[0-9]+\.([0-9]{1,2}|[0-9]{4,})")  # as programs write it: 12.5
_SEPARATORS = re.compile(r"[,;\n]")


@dataclass(frozen=True)
class Unreadable:
    """What stands in a cell and is no value: a formula, a date, an error. `says` is a German sentence."""

    says: str


Cell = str | int | Decimal | bool | Unreadable | None


def as_text(cell: Cell) -> str:
    """A cell as a German CSV file writes it. Two cells that are the same as text say the same."""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return "" if cell is None else str(cell)


@singledispatch
def written(field: Field, value: Plain, model: Model) -> Any:
    """The plain value of a field as a cell; None where it is empty."""
    return value or None


@written.register
def _written_lines(field: Lines, value: Plain, model: Model) -> Any:
    return "\n".join(value) or None


@written.register
def _written_number(field: Number, value: Plain, model: Model) -> Any:
    return value if value is None or len(str(abs(value))) <= DIGITS else str(value)


@written.register
def _written_decimal(field: DecimalNumber, value: Plain, model: Model) -> Any:
    if value is None:
        return None
    is_kept = len(value.lstrip("-").replace(".", "")) <= DIGITS and value == without_zeros(value)
    return Decimal(value) if is_kept else value.replace(".", ",")


@written.register
def _written_yes_no(field: YesNo, value: Plain, model: Model) -> Any:
    return YES if value else NO


@written.register
def _written_choice(field: Choice, value: Plain, model: Model) -> Any:
    return words_of(field, model)[value["key"]] if value else None


@written.register
def _written_reference(field: Reference, value: Plain, model: Model) -> Any:
    return str(value["key"]) if value else None


@written.register
def _written_references(field: References, value: Plain, model: Model) -> Any:
    return ", ".join(str(each["key"]) for each in value) or None


def still_says(text: str, field: Field, value: Plain, model: Model) -> bool:
    """Whether a cell of this text says a value as it is. A spreadsheet may have dropped the zeros at its end."""
    same = [value, without_zeros(value)] if isinstance(field, DecimalNumber) and value else [value]
    return text in (as_text(written(field, each, model)) for each in same)


def words_of(field: Field, model: Model) -> dict[str, str]:
    """What a choice is called in a cell, by key: its German name, or the key where two have the same name."""
    choices: Any = model._meta.get_field(field.name).flatchoices  # type: ignore[union-attr]
    labels = [str(label).casefold() for _key, label in choices]
    return {
        str(key): str(label) if labels.count(str(label).casefold()) == 1 else str(key)
        for key, label in choices
        if key
    }


@singledispatch
def _raw(field: Field, cell: Any, model: Model) -> Any:
    """What a cell that is not empty says, as Field.parse takes it; FieldError where it does not fit."""
    return _text(cell)


@_raw.register
def _raw_number(field: Number, cell: Any, model: Model) -> Any:
    number = _number(cell)
    if number != number.to_integral_value():
        raise FieldError(_("“%(value)s” is not a whole number.") % {"value": shown(as_text(cell))})
    return int(number)


@_raw.register
def _raw_decimal(field: DecimalNumber, cell: Any, model: Model) -> Any:
    """Of a percentage the number before the sign: the unit has a field of its own."""
    is_text = isinstance(cell, str)
    return _number(cell.strip().removesuffix("%").rstrip() if is_text else cell)


@_raw.register
def _raw_yes_no(field: YesNo, cell: Any, model: Model) -> Any:
    text = as_text(cell).strip().casefold()
    if text not in _YES | _NO:
        raise FieldError(_("Please write “ja” or “nein” here, not “%(value)s”.") % {"value": shown(text)})
    return text in _YES


@_raw.register
def _raw_choice(field: Choice, cell: Any, model: Model) -> Any:
    words = words_of(field, model)
    text = as_text(cell).strip().casefold()
    for key, word in words.items():
        if text in (key.casefold(), word.casefold()):
            return key
    raise FieldError(
        _("“%(value)s” is not possible here; possible is: %(words)s.")
        % {"value": shown(as_text(cell)), "words": ", ".join(words.values())}
    )


def keys_in(cell: Any) -> list[str]:
    """The keys that a cell names: one, or several with commas between them."""
    return [key.strip() for key in _SEPARATORS.split(_text(cell)) if key.strip()]


def _text(cell: Any) -> str:
    if isinstance(cell, bool | Decimal):
        raise FieldError(
            _(
                "The spreadsheet has made “%(value)s” of what was typed here. Please format the cell as text and "
                "type it again."
            )
            % {"value": shown(as_text(cell))}
        )
    return str(cell)


def _number(cell: Any) -> Decimal:
    """A number, or a text that is one as written in German: 1.234 is a thousand and some, 12.5 twelve and a half."""
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return Decimal(cell)
    text = as_text(cell).strip().replace("\u00a0", "")
    number = german_number(text)
    if number is None and _WITH_POINT.fullmatch(text):
        number = Decimal(text)
    if number is None:
        raise FieldError(_("“%(value)s” is not a number.") % {"value": shown(as_text(cell))})
    return number


class CellReader:
    """Reads cells as plain values of their fields. Rows that fields refer to are read once each."""

    def __init__(self, coming: Iterable[models.Model] = ()) -> None:
        """`coming` are rows that are written with what is read, and count as there."""
        self._coming = list(coming)
        self._known: dict[tuple[str, Model], dict[str, Plain]] = {}

    def read(self, field: Field, cell: Cell, model: Model) -> Plain:
        """The plain value that a cell says; FieldError with a German sentence where it does not fit."""
        if isinstance(cell, Unreadable):
            raise FieldError(cell.says)
        is_empty = not as_text(cell).strip()
        if isinstance(field, Reference):
            named = [] if is_empty else self._found(field, keys_in(cell), model)
            return named if field.is_many else next(iter(named), None)
        if is_empty and isinstance(field, YesNo):
            raise FieldError(_("Please write “ja” or “nein” here."))
        raw = None if is_empty else _raw(field, cell, model)
        return field.read(model(**{field.name: field.parse(raw, model)}))

    def _found(self, field: Reference, keys: list[str], model: Model) -> list[Plain]:
        target: Any = model._meta.get_field(field.name).related_model
        if (field.name, model) not in self._known:
            rows = [*target.objects.all(), *(row for row in self._coming if isinstance(row, target))]
            self._known[field.name, model] = {str(getattr(row, field.key)): field.plain(row) for row in rows}
        known = self._known[field.name, model]
        for key in keys:
            if key not in known:
                raise FieldError(
                    _("“%(key)s” is not known (%(what)s).")
                    % {"key": shown(key), "what": target._meta.verbose_name}
                )
        if len(set(keys)) < len(keys):
            raise FieldError(_("The same is named more than once here."))
        if len(keys) > 1 and not field.is_many:
            raise FieldError(_("Only one can be named here."))
        return [known[key] for key in keys]
