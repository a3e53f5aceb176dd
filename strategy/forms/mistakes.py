"""What is wrong with a form that was sent: each mistake with its field, and beside which field a rule speaks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.text import capfirst


@dataclass(frozen=True)
class Mistake:
    """A sentence on what is wrong. `label` and `field_id` are those of the field; "" where it concerns the whole."""

    message: str
    label: str = ""
    field_id: str = ""


def mistakes_of(form: forms.BaseForm, formsets: Iterable[Any] = ()) -> Iterator[Mistake]:
    """All that is wrong with a form and with the rows of the admin's formsets below it, in the order of the page."""
    yield from _of_form(form, "")
    for each in formsets:
        formset, name = each.formset, capfirst(str(each.opts.verbose_name))
        for message in formset.non_form_errors():
            label = capfirst(str(each.opts.verbose_name_plural))
            yield Mistake(str(message), label, f"{formset.prefix}-heading")
        for number, row in enumerate(formset.forms, start=1):
            if not (formset.can_delete and formset._should_delete_form(row)):
                yield from _of_form(row, f"{name} {number}: ")


def _of_form(form: forms.BaseForm, before: str) -> Iterator[Mistake]:
    for message in form.non_field_errors():
        yield Mistake(format_html("{}{}", before, message))  # one can hold a button, as safe HTML
    for field in form:
        for message in field.errors:
            label = "" if field.is_hidden else f"{before}{capfirst(str(field.label))}"
            yield Mistake(str(message), label, _id_of(field))


def _id_of(field: BoundField) -> str:
    """The id of what can be filled in; of the first of several ticks."""
    if field.id_for_label:
        return str(field.id_for_label)
    return next((each.id_for_label for each in field.subwidgets), field.auto_id)


def put_beside_their_fields(form: Any) -> None:
    """Move what constraints of the form's model refuse from the whole form to the last field that they speak of."""
    whole = form._errors.get(NON_FIELD_ERRORS)
    for _model, constraints in form.instance.get_constraints() if whole else ():
        for constraint in constraints:
            if not isinstance(constraint, models.CheckConstraint):
                continue
            condition: Any = constraint.condition  # a Q, in all of ours
            spoken_of = condition.referenced_base_fields
            names = [name for name in form.fields if name in spoken_of]
            said = [each for each in whole.data if each.message == constraint.get_violation_error_message()]
            if names and said:
                whole.data = [each for each in whole.data if each not in said]
                for error in said:
                    form.add_error(names[-1], error)
    if whole is not None and not whole.data:
        del form._errors[NON_FIELD_ERRORS]
