"""Forms that two people can have open at once: who saves second undoes nothing, and loses nothing typed.

The form of a row carries the values that it was opened with (Django's hidden initial values), so that it tells what
this person changed. What only somebody else changed meanwhile is taken over; what both changed is shown once.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, BoundField
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict
from django.utils.translation import gettext

from strategy.forms.mistakes import put_beside_their_fields
from strategy.forms.pasted_texts import PastedTextForm
from strategy.history.edit_conflicts import Conflict
from strategy.tree.fields import Field

Row = dict[str, list[str]]
"""What was sent of a row of a formset: by field, and by "initial-" and field what it was opened with."""


class OpenedWith(forms.HiddenInput):
    """The value that a field was opened with. Nobody reads it, so no help text describes it."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attrs.items() if not name.startswith("aria-")}


class MergingForm(PastedTextForm, forms.ModelForm):  # type: ignore[type-arg]
    """The form of a row, or of a row of a MergingFormSet.

    `theirs` are the fields that somebody else changed meanwhile, `conflicts` those that this person did, too. `fixed`
    are those that cannot be changed any more, `lost` what this person typed there. No field has a limit in the page:
    a browser would cut what is pasted, without a word.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: list[BoundField] = []
        self.conflicts: list[Conflict] = []
        self.fixed: list[models.Field[Any, Any]] = []
        self.lost: list[Conflict] = []
        is_new = self.instance._state.adding
        for name, field in self.fields.items():
            field.widget.attrs.pop("maxlength", None)
            field.hidden_widget = OpenedWith
            field.show_hidden_initial = not is_new and (not self.is_bound or self._was_opened_with(name))

    def full_clean(self) -> None:
        if self.is_bound:
            self._merge()
            self._find_what_was_fixed()
        super().full_clean()
        if self.conflicts:
            self.add_error(
                None,
                gettext(
                    "Somebody else has saved here meanwhile. Please compare both versions. If you save again, "
                    "yours is kept."
                ),
            )
        if self.fixed:
            names = ", ".join(str(field.verbose_name) for field in self.fixed)
            message = gettext("This was fixed meanwhile and cannot be changed any more: %(fields)s.")
            self.add_error(None, message % {"fields": names})

    def _update_errors(self, errors: ValidationError) -> None:
        super()._update_errors(errors)  # type: ignore[misc]  # the hook that Django has for this
        put_beside_their_fields(self)

    def _merge(self) -> None:
        """Have what was sent say what it would, had the form been opened just now."""
        opened = [self[name] for name, field in self.fields.items() if field.show_hidden_initial]
        theirs = [field for field in opened if stored(field) != self._sent(field.html_initial_name)]
        if not theirs:
            return
        mine = set(self.changed_data)
        data: QueryDict = self.data.copy()
        for field in theirs:
            data[field.html_initial_name] = stored(field)
            if field.name not in mine:
                data[field.html_name] = stored(field)
        self.data, self.theirs = data, theirs
        del self.changed_data
        mine &= set(self.changed_data)
        self.conflicts = [self._conflict(field) for field in theirs if field.name in mine]

    def _conflict(self, field: BoundField) -> Conflict:
        label = f"{self.instance}: {field.label}" if self.prefix else field.label
        typed = in_words(field.field, self._sent(field.html_name))
        return Conflict(Field(field.name, label), None, typed, in_words(field.field, stored(field)))

    def _find_what_was_fixed(self) -> None:
        there = self._meta.model._meta.fields
        self.fixed = [f for f in there if f.name not in self.fields and self._was_opened_with(f.name)]
        self.lost = []
        for field in self.fixed:
            typed = self._sent(self.add_prefix(field.name))
            if isinstance(field, models.BooleanField):
                typed = as_sent(bool(typed))  # a browser sends “on” for a tick, and nothing without it
            if typed != self._sent(self.add_initial_prefix(field.name)):
                now = as_sent(field.value_from_object(self.instance))
                words = [in_words(field.formfield(), value) for value in (typed, now)]
                self.lost.append(Conflict(Field(field.name, field.verbose_name), None, *words))

    def _was_opened_with(self, name: str) -> bool:
        return self.add_initial_prefix(name) in self.data

    def _sent(self, name: str) -> str:
        return str(self.data.get(name) or "").replace("\r\n", "\n")


class KeyForm(MergingForm):
    """The form of a row whose key its model makes from its name: a new one need not be given any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields and self.instance._state.adding:
            self.fields["key"].required = False


class MergingFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The rows that stand below a row. What is said of a row that is there twice, its model says.

    Rows that somebody else added meanwhile are part of what is checked and shown; of those that somebody deleted,
    one that this person changed becomes a new one, and is shown once.
    """

    model: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revived: list[Row] = []
        if self.is_bound and self.management_form.is_valid():
            self._merge()

    def clean(self) -> None:
        if self.revived:
            raise ValidationError(
                gettext(
                    "Somebody else has deleted meanwhile what you changed. It stands below as a new row: if you save "
                    "again, it is added. If it shall stay deleted, please empty that row."
                )
            )
        rows: Any = self.forms
        if any(form.theirs for form in rows if self._should_delete_form(form)):  # type: ignore[attr-defined]
            raise ValidationError(
                gettext(
                    "Somebody else has changed meanwhile what you delete. It stands below as it is now. If you save "
                    "again, it is deleted."
                )
            )
        super().clean()

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and set(constraint.fields) == set(
                unique_check
            ):
                return str(constraint.get_violation_error_message())
        return super().get_unique_error_message(unique_check)

    def _merge(self) -> None:
        """Have what was sent name the rows that there are now, in their order: the page heads each by its place."""
        pk = self.model._meta.pk.name
        there = {str(row.pk): row for row in self.get_queryset()}
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        sent = [_taken(data, self.add_prefix(number)) for number in range(self.total_form_count())]
        new = sent[self.initial_form_count() :]
        old = {row.get(pk, [""])[0]: row for row in sent[: self.initial_form_count()]}
        if list(old) == list(there):
            return
        gone = [row for key, row in old.items() if key not in there]
        self.revived = [_as_new(row, pk) for row in gone if _is_changed(row)]
        rows = [*(old.get(key) or self._as_sent(row) for key, row in there.items()), *self.revived, *new]
        for number, row in enumerate(rows):
            _put(data, self.add_prefix(number), row)
        data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(len(there))
        self.data = data
        del self.management_form

    def _as_sent(self, row: models.Model) -> Row:
        """A row as a form that was just opened would send it."""
        form = self.form(instance=row)
        values = {field.name: [stored(field)] for field in form}
        opened = {f"initial-{name}": value for name, value in values.items()}
        return {self.model._meta.pk.name: [str(row.pk)], **values, **opened}


def stored(field: BoundField) -> str:
    """What is stored in a field of the form of a row, as a form sends it."""
    return as_sent(field.field.prepare_value(field.initial))


def as_sent(value: object) -> str:
    """A value as a browser sends it; "" for none."""
    return "" if value is None else str(value)


def in_words(field: forms.Field | None, sent: str) -> str:
    """What was sent for a field as people read it."""
    if isinstance(field, forms.BooleanField):
        return gettext("no") if sent in ("", str(False)) else gettext("yes")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(label) for key, label in choices if sent and str(key) == sent), sent)
    if isinstance(field, forms.DateField):
        with suppress(ValidationError):
            return f"{field.to_python(sent):%d.%m.%Y}" if sent else ""
    return sent


def _taken(data: QueryDict, prefix: str) -> Row:
    """What was sent of the row with this prefix, taken out of the data."""
    keys = [key for key in data if key.startswith((f"{prefix}-", f"initial-{prefix}-"))]
    return {key.replace(f"{prefix}-", "", 1): data.pop(key) for key in keys}


def _put(data: QueryDict, prefix: str, row: Row) -> None:
    for name, values in row.items():
        field = name.removeprefix("initial-")
        data.setlist(f"{prefix}-{name}" if field == name else f"initial-{prefix}-{field}", values)


def _is_changed(row: Row) -> bool:
    """Whether this person changed the row, and did not delete it."""
    opened = {name.removeprefix("initial-"): row[name] for name in row if name.startswith("initial-")}
    return "DELETE" not in row and any(row.get(name) != value for name, value in opened.items())


def _as_new(row: Row, pk: str) -> Row:
    return {name: values for name, values in row.items() if name != pk and not name.startswith("initial-")}
