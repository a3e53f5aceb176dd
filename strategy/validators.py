"""The text rules as Django validators."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from strategy.text import MAX_LENGTH, TextError, clean_text


def validate_text(value: str) -> None:
    """Refuse what strategy.text refuses; the message names the character and its place."""
    try:
        clean_text(value)
    except TextError as error:
        raise ValidationError(str(error), code="text") from error


class LineField(models.CharField):
    """One line of text under the text rules. Stored in NFC."""

    description = _("one line of text")

    def to_python(self, value: str | None) -> str | None:
        value = super().to_python(value)
        return value if value is None else _cleaned(value.strip(), one_line=True, max_length=self.max_length)


class LongTextField(models.TextField):
    """Text under the text rules, of at most 20,000 characters. Stored in NFC with LF line ends."""

    description = _("text")

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def to_python(self, value: str | None) -> str | None:
        value = super().to_python(value)
        return value if value is None else _cleaned(value, max_length=self.max_length)


def _cleaned(value: str, *, max_length: int | None, one_line: bool = False) -> str:
    try:
        return clean_text(value, max_length=max_length or MAX_LENGTH, one_line=one_line)
    except TextError as error:
        raise ValidationError(str(error), code="text") from error
