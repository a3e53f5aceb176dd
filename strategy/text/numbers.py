"""Numbers as people write them in German: 70000, 70.000, 1.500,5. Read strictly, shown the same way."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from strategy.text.lazy_text import LazyText

_GERMAN = re.compile(r"-?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?")
_MORE = re.compile(r"[^0-9.,\s-][^0-9]*[0-9]|[0-9][^0-9]*[^0-9.,\s]")  # a digit, and something else beside it
_SWAP = str.maketrans(".,", ",.")
LONGEST = 40  # characters of a number, or of what is repeated to whoever typed something else
EURO = ("€", "EUR", "Euro")
_MORE_THAN = _(
    "“%(value)s” is more than a number. Please write the number alone here, such as %(example)s. What else is to be "
    "said about it goes into the text."
)
_MORE_TO = _(
    "“%(value)s” is more than a number. Please write the number alone here, such as %(example)s. What else is to be "
    "said about it goes into “%(field)s” or into the text."
)


def german_number(text: str) -> Decimal | None:
    """The number that stands there; None where there is none, or one that could be read in two ways (70.00)."""
    text = text.strip()
    if len(text) > LONGEST or not _GERMAN.fullmatch(text):
        return None
    return Decimal(text.replace(".", "").translate(_SWAP))


def in_german(number: int | Decimal, *, is_grouped: bool = True) -> str:
    """A number as `german_number` reads it: 68.000, 12,5, and 6,0 as it was typed; or 2030 where it is a year."""
    plain = Decimal(number)
    return (f"{plain:,f}" if is_grouped else f"{plain:f}").translate(_SWAP)


def without_zeros(digits: str) -> str:
    """A number such as "12.50" as spreadsheets and earlier programs have it, without the zeros at its end."""
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


class _GermanNumberField(forms.Field):
    """What both have in common: a line of text instead of the browser's own field for numbers.

    `prefixes` ("bis") and `units` ("€") say no more than the field's label, so they may be typed and are left out.
    All else that is said beside the number is refused: `rest_goes_to` names the field for it, "" only the text.
    """

    inputmode = ""
    example = "70.000"

    def __init__(
        self,
        *,
        is_grouped: bool = False,
        prefixes: tuple[str, ...] = (),
        units: tuple[str, ...] = (),
        rest_goes_to: LazyText = "",
        **kwargs: Any,
    ) -> None:
        self.is_grouped, self.rest_goes_to = is_grouped, rest_goes_to
        self._redundant = re.compile(
            rf"(({_one_of(prefixes)})\s+|({_one_of(units)})\s*)?(?P<number>.*?[0-9])(\s*({_one_of(units)}))?",
            re.IGNORECASE | re.DOTALL,
        )
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "number", "inputmode": self.inputmode}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What the form shows of a stored number; what somebody has typed stays as it is."""
        return in_german(value, is_grouped=self.is_grouped) if isinstance(value, int | Decimal) else value

    def _number(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        bare = self._redundant.fullmatch(text) if len(text) <= LONGEST else None
        number = german_number(bare["number"]) if bare else None
        if number is None:
            raise self._refusal(text)
        return number

    def _refusal(self, text: str) -> ValidationError:
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        params = {"value": shown, "example": self.example, "field": capfirst(str(self.rest_goes_to))}
        if _MORE.search(text[:LONGEST]):
            return ValidationError(
                _MORE_TO if self.rest_goes_to else _MORE_THAN, code="invalid", params=params
            )
        return ValidationError(self.error_messages["invalid"], code="invalid", params=params)


def _one_of(words: tuple[str, ...]) -> str:
    """A pattern for any of these words; one that fits nothing for none."""
    return "|".join(map(re.escape, words)) or "(?!)"


class WholeNumberField(_GermanNumberField, forms.IntegerField):
    """A whole number: an amount, or a year where it is not grouped."""

    inputmode = "numeric"
    default_error_messages = {  # as in Django
        "invalid": _(
            "“%(value)s” is no whole number as it is written in German. Please write 70000 or 70.000, for example."
        ),
        "invalid_year": _("“%(value)s” is no year. Please write 2030, for example."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.is_grouped:
            self.example, self.error_messages["invalid"] = "2030", self.error_messages["invalid_year"]

    def to_python(self, value: Any) -> int | None:
        number = self._number(value)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise self._refusal(str(value).strip())
        return int(number)


class DecimalNumberField(_GermanNumberField, forms.DecimalField):
    """A number that may have decimal places."""

    inputmode = "decimal"
    default_error_messages = {  # as in Django
        "invalid": _(
            "“%(value)s” is no number as it is written in German. Please write 70000, 70.000 or 1.500,5, for example."
        )
    }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # of Django's whole numbers
        return self._number(value)
