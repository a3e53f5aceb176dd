"""The form of a status report that is not frozen yet. Two people can have it open."""

from typing import Any

from django import forms

from reporting.models import StatusReport
from strategy.forms.concurrent_forms import MergingForm
from strategy.validators import CleanTextField


class ReportForm(MergingForm):
    """Title and foreword. Who writes them first is asked, too, if somebody else was quicker."""

    class Meta:
        model = StatusReport
        fields = ("title", "foreword")
        widgets = {"foreword": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = not self.is_bound or self._was_opened_with(name)


class WithholdForm(forms.Form):
    """Why readers cannot read a report any more."""

    reason = CleanTextField(
        label=StatusReport._meta.get_field("withheld_reason").verbose_name,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
