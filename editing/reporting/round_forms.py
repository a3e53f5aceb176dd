"""The forms of a reporting round: what it asks and of whom, and what of it can still be changed."""

import datetime
import re
import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import Department, Measure
from measures.reporting_rounds import ReportingRound
from strategy.editions.cited_codes import cited_rows
from strategy.forms.concurrent_forms import MergingForm
from strategy.forms.level_widgets import DateInput
from strategy.tree.kinds import Kind
from strategy.tree.paths import root_path
from strategy.tree.tree_rows import TreeRow
from strategy.validators import CleanTextField

WEEKS = 3  # from opening to the day up to which to report, unless another is chosen
NOBODY = "0"
AT_ONCE = (
    ("", gettext_lazy("The coordination checks the reports and publishes them together")),
    ("on", gettext_lazy("Each report is public as soon as it is handed in")),
)


class _AtOnce(forms.ChoiceField):
    """How reports become public: the two ways in words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=AT_ONCE, widget=forms.RadioSelect, required=False, **kwargs)

    def clean(self, value: Any) -> bool:
        return bool(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return ("on" if value else "") if isinstance(value, bool | None) else value


class RoundForm(MergingForm):
    """What can be changed of an open round."""

    is_published_at_once = _AtOnce(label=gettext_lazy("How the reports become public"))

    class Meta:
        model = ReportingRound
        fields = ("title", "key_on", "due_on", "is_published_at_once", "note")
        widgets: ClassVar = {"key_on": DateInput, "due_on": DateInput, "note": forms.Textarea({"rows": 3})}

    def clean_due_on(self) -> datetime.date:
        """A day that is not over, unless it is the one that stood there."""
        due = self.cleaned_data["due_on"]
        if due < timezone.localdate() and due != self.initial.get("due_on"):
            raise ValidationError(_("This day is over. Please choose one that is still to come."))
        return due


class NewRoundForm(RoundForm):
    """A new round. What is left empty of themes, departments and numbers asks for all."""

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("only these themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    departments = forms.MultipleChoiceField(
        label=gettext_lazy("only these departments"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = CleanTextField(
        label=gettext_lazy("only these measures"),
        required=False,
        help_text=gettext_lazy("Their numbers with commas between them, such as 1.2.3, 2.1.4."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {
            "title": f"{1 if today.month < 7 else 2}. Halbjahr {today.year}",
            "key_on": today,
            "due_on": today + datetime.timedelta(weeks=WEEKS),
        }
        super().__init__(*args, **kwargs)
        self.rows: list[TreeRow] = cited_rows()
        self.leads = dict(Measure.objects.order_by().values_list("uid", "lead_id"))
        led = Department.objects.filter(pk__in=[pk for pk in self.leads.values() if pk])
        themes = [(row.pk, row.name) for row in self.rows if row.kind == Kind.THEME]
        named = [(str(each.pk), each.name) for each in led]
        self.fields["themes"].choices = themes  # type: ignore[attr-defined]
        self.fields["departments"].choices = [*named, (NOBODY, _("Without a lead"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.uids:
            raise ValidationError(_("No measure is left by this choice. Please choose less narrowly."))
        return said

    def clean_codes(self) -> set[str]:
        """The uids of the measures with these codes."""
        wanted = [code for code in re.split(r"[\s,;]+", self.cleaned_data["codes"]) if code]
        known = {row.code: row.uid for row in self._measures() if row.code}
        known |= {row.cited: row.uid for row in self._measures() if row.cited}
        if unknown := [code for code in wanted if code not in known]:
            raise ValidationError(
                _("There is no measure with this number: %(codes)s.") % {"codes": ", ".join(unknown[:20])}
            )
        return {known[code] for code in wanted}

    @property
    def narrowing(self) -> list[BoundField]:
        """The fields that ask for a part of the measures only."""
        return [self[name] for name in ("themes", "departments", "codes")]

    @property
    def is_narrowed(self) -> bool:
        """Whether one of these was filled in, or is wrong."""
        return self.is_bound and any(field.data or field.errors for field in self.narrowing)

    @property
    def uids(self) -> list[uuid.UUID]:
        """The measures that it asks for."""
        said = self.cleaned_data
        inside = {row.path for row in self.rows if str(row.pk) in said["themes"]}
        return [
            uuid.UUID(row.uid)
            for row in self._measures()
            if (not inside or root_path(row.path) in inside)
            and (not said["codes"] or row.uid in said["codes"])
            and (not said["departments"] or self._lead(row) in said["departments"])
        ]

    def _measures(self) -> list[TreeRow]:
        return [row for row in self.rows if row.kind == Kind.MEASURE]

    def _lead(self, row: TreeRow) -> str:
        return str(self.leads.get(uuid.UUID(row.uid)) or NOBODY)
