"""The rules of texts and addresses as Django validators and fields."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from strategy.text.pasting import cleaned
from strategy.text.rules import MAX_LENGTH, TextError, clean_text

PASTED = "pasted"
"""The code of the refusal of a text that holds what strategy.text.pasting replaces."""

validate_address = RegexValidator(
    re.compile(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z"), _("The address may hold only a–z, 0–9 and hyphens.")
)

if TYPE_CHECKING:  # to Python itself these classes take no parameters
    _SlugField = models.SlugField[str, str]
    _CharField = models.CharField[str, str]
    _TextField = models.TextField[str, str]
    _DecimalField = models.DecimalField[Decimal | None, Decimal | None]
else:
    _SlugField, _CharField, _TextField = models.SlugField, models.CharField, models.TextField
    _DecimalField = models.DecimalField


class AddressField(_SlugField):
    """The part of a page's web address: lower-case words of a–z and 0–9, a hyphen between each two."""

    default_validators = [validate_address]

    def formfield(self, **kwargs: Any) -> Any:
        """A plain form field: that of SlugField would refuse an address in words of its own."""
        return super(models.SlugField, self).formfield(**kwargs)


class LineField(_CharField):
    """One line of text under the text rules. Stored in NFC."""

    description = _("one line of text")

    def to_python(self, value: str | None) -> str | None:
        value = super().to_python(value)
        return value if value is None else _cleaned(value.strip(), one_line=True, max_length=self.max_length)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": CleanTextField, "one_line": True, **kwargs})


class LongTextField(_TextField):
    """Text under the text rules, of at most 20,000 characters. Stored in NFC with LF line ends."""

    description = _("text")

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def to_python(self, value: str | None) -> str | None:
        value = super().to_python(value)
        return value if value is None else _cleaned(value, max_length=self.max_length)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": CleanTextField, **kwargs})


class WrittenDecimalField(_DecimalField):
    """A decimal number that keeps the zeros with which it was written: 6.0 is not 6. So it is stored as text."""

    def get_internal_type(self) -> str:
        """Text to both databases: a number would lose its zeros in the one, and get four in the other."""
        return "CharField"

    def from_db_value(self, value: str | None, *_how: Any) -> Decimal | None:
        """The number with all its digits."""
        return None if value is None else Decimal(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Its digits, never with an exponent."""
        number = self.to_python(value)
        return None if number is None else f"{number:f}"


class CleanTextField(forms.CharField):
    """A text of a form under the text rules, of one line or many.

    The page sets it no limit: a browser would cut what is pasted, without a word. One that is too long is refused.
    """

    def __init__(self, *, one_line: bool = False, **kwargs: Any) -> None:
        self.one_line = one_line
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return _cleaned(super().to_python(value) or "", one_line=self.one_line, max_length=self.max_length)


def _cleaned(value: str, *, max_length: int | None, one_line: bool = False) -> str:
    try:
        return clean_text(value, max_length=max_length or MAX_LENGTH, one_line=one_line)
    except TextError as error:
        is_pasted = bool(cleaned(value, one_line=one_line).done)
        raise ValidationError(str(error), code=PASTED if is_pasted else "text") from error
