"""A month in a form: its browser's own choice of months, or words such as “März 2027”; kept as its first day."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")
_NUMBERS = re.compile(r"(?:\d{1,2}\.)?(\d{1,2})\s*[./]\s*(\d{4})")
_WORDS = re.compile(r"(\w{3})\w*\.?\s+(\d{4})")
_NAMES = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")


class MonthInput(forms.TextInput):
    """The browser’s choice of a month; where it has none, a text field."""

    input_type = "month"


class MonthField(forms.Field):
    """A month of a year, as its first day; None where none is given."""

    widget = MonthInput

    def to_python(self, value: Any) -> datetime.date | None:
        if value is None or isinstance(value, datetime.date):
            return value
        text = str(value).strip()
        return month_of(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """As browsers send it: 2027-03. What cannot be read stays as it was typed."""
        return f"{value:%Y-%m}" if isinstance(value, datetime.date) else value


def month_of(text: str) -> datetime.date:
    """The first day of the month that stands there; ValidationError with a German sentence where none does."""
    year = month = 0
    if match := _ISO.fullmatch(text):
        year, month = int(match[1]), int(match[2])
    elif match := _NUMBERS.fullmatch(text):
        year, month = int(match[2]), int(match[1])
    elif (match := _WORDS.fullmatch(text)) and (name := match[1].casefold().replace("mrz", "mär")) in _NAMES:
        year, month = int(match[2]), _NAMES.index(name) + 1
    if not (1 <= month <= 12 and 2000 <= year <= 2100):
        raise ValidationError(
            _("“%(text)s” is no month. Please write it like 03/2027 or März 2027.") % {"text": text[:40]}
        )
    return datetime.date(year, month, 1)
