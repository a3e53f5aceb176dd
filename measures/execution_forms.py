"""The form of how a measure is carried out: when, its milestones, what was spent. Two people can have it open."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.forms import Field, inlineformset_factory

from measures.execution import Execution, Milestone, YearSpending
from strategy.forms.concurrent_forms import MergingForm, MergingFormSet
from strategy.forms.level_widgets import NATIVE_DATES
from strategy.text.numbers import EURO, WholeNumberField

EMPTY_ROWS = 2  # that a form offers, beside those that there are


def _formfield(field: "models.Field[Any, Any]", **kwargs: Any) -> Field | None:
    made: Field | None
    if isinstance(field, models.IntegerField):
        is_amount = field.name == "amount"
        made = field.formfield(
            form_class=WholeNumberField,
            is_grouped=is_amount,
            units=EURO if is_amount else (),
            rest_goes_to=field.model._meta.get_field("note").verbose_name,  # type: ignore[union-attr]
            **kwargs,
        )
    else:
        made = field.formfield(**NATIVE_DATES.get(type(field), {}), **kwargs)
    return made


class PeriodForm(MergingForm):
    """When the measure began and ended. Who fills it in first is asked, too, if somebody else was quicker."""

    class Meta:
        model = Execution
        fields = ("started_on", "ended_on")
        formfield_callback = _formfield

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = not self.is_bound or self._was_opened_with(name)


def _rows(model: type[models.Model], *fields: str) -> Any:
    return inlineformset_factory(
        Execution,
        model,
        form=MergingForm,
        formset=MergingFormSet,
        fields=fields,
        extra=EMPTY_ROWS,
        can_delete_extra=False,
        formfield_callback=_formfield,
    )


MilestoneFormSet = _rows(Milestone, "title", "due_on", "is_due_in_month", "done_on")
SpendingFormSet = _rows(YearSpending, "year", "amount", "note")


class ExecutionForm:
    """The three together, of the measure of this uid: what was sent is valid, or saved, as one."""

    def __init__(self, execution: Execution, data: Mapping[str, Any] | None = None) -> None:
        self.period = PeriodForm(data, instance=execution)
        self.milestones = MilestoneFormSet(data, instance=execution, prefix="milestones")
        self.spending = SpendingFormSet(data, instance=execution, prefix="spending")

    @property
    def formsets(self) -> tuple[MergingFormSet, MergingFormSet]:
        """The rows below the period, in the order of the page."""
        return (self.milestones, self.spending)

    def is_valid(self) -> bool:
        """Whether all of it can be saved. All is looked at, so that all mistakes are said at once."""
        return all([self.period.is_valid(), *(each.is_valid() for each in self.formsets)])

    def rows(self) -> tuple[list[models.Model], list[models.Model]]:
        """The rows to be saved, and those to be deleted. Nothing is written yet."""
        kept = [row for each in self.formsets for row in each.save(commit=False)]
        return kept, [row for each in self.formsets for row in each.deleted_objects]
