"""How the fields of a node are typed in: what browsers have of their own, nothing that needs a script."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.forms import CheckboxSelectMultiple, Field, Script, Textarea
from django.utils.translation import gettext_lazy as _

from strategy.text.numbers import EURO, DecimalNumberField, WholeNumberField
from strategy.tree.content import fields_of
from strategy.tree.fields import COMMON, DecimalNumber, Number, Text
from strategy.tree.fields import Field as Declared
from strategy.validators import LongTextField

MARKDOWN = {
    "data-markdown": _("Preview"),
    "data-failed": _("The preview is not possible just now."),
    "data-bar": _("Layout of the text"),
    "data-bold": _("Bold"),
    "data-list": _("List"),
    "data-link": _("Link"),
}
"""The words of the buttons that a script puts beside a text in Markdown."""
SCRIPT = Script("js/editing.js", defer="defer")
Shown = Callable[["models.Field[Any, Any]"], dict[str, Any]]
_shown: dict[tuple[str, str], Shown] = {}


def register(model: type[models.Model], name: str, shown: Shown) -> None:
    """Say how a field of a level is chosen: `shown` gives what its form field is made with, such as the widget."""
    _shown[model._meta.label, name] = shown


class DateInput(forms.DateInput):
    """The date picker that the browser has."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


NATIVE_DATES: dict[Any, Any] = {models.DateField: {"form_class": forms.DateField, "widget": DateInput}}


def formfield(field: "models.Field[Any, Any]", **kwargs: Any) -> Field | None:
    """The form field of a model's field."""
    declared = _declared(field)
    if shown := _shown.get((field.model._meta.label, field.name)):
        kwargs |= shown(field)
    elif isinstance(field, models.ManyToManyField):
        kwargs["widget"] = CheckboxSelectMultiple
    elif isinstance(field, LongTextField):
        is_markdown = isinstance(declared, Text)
        kwargs["widget"] = Textarea(attrs={"rows": 6, **MARKDOWN} if is_markdown else {"rows": 4})
    elif isinstance(field, models.DecimalField):
        kwargs |= {
            "form_class": DecimalNumberField,
            "is_grouped": True,
            **_beside_the_number(field, declared),
        }
    elif isinstance(field, models.IntegerField):
        is_grouped = isinstance(declared, Number) and declared.grouped
        kwargs |= {
            "form_class": WholeNumberField,
            "is_grouped": is_grouped,
            **_beside_the_number(field, declared),
        }
    made: Field | None = field.formfield(**kwargs)
    return made


def _beside_the_number(field: "models.Field[Any, Any]", declared: Declared | None) -> dict[str, Any]:
    """What may be typed beside a number, and where else it goes."""
    if not isinstance(declared, Number | DecimalNumber):
        return {}
    rest = field.model._meta.get_field(declared.rest_goes_to).verbose_name if declared.rest_goes_to else ""  # type: ignore[union-attr]
    if isinstance(declared, DecimalNumber):
        return {"rest_goes_to": rest}
    units = EURO if declared.unit == "€" else ()
    return {"prefixes": declared.prefixes, "units": units, "rest_goes_to": rest}


def _declared(field: "models.Field[Any, Any]") -> Declared | None:
    """How the level declares this field; None where it does not."""
    kind = getattr(field.model, "KIND", None)
    declared = fields_of(kind) if kind else COMMON
    return next((each for each in declared if each.name == field.name), None)
