"""The forms in which progress is reported: dated today, on the measures that one may report on."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.progress import Progress
from measures.reporting import reportable
from strategy.forms.concurrent_forms import MergingForm
from strategy.forms.months import MonthField
from strategy.history.node_lookup import names_of


class ProgressForm(MergingForm):
    """What holds of a measure today, unless another day is given."""

    next_step_month = MonthField(label=_("month of the next step"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["reported_on"] = timezone.localdate()


class NewProgressForm(ProgressForm):
    """The first report on a measure. The measure is chosen by its title, among those that `user` may report on and
    that have no report yet; what is kept is its uid."""

    user: User
    uid = forms.ChoiceField(
        label=_("measure"),
        help_text=_("Only measures without a report. The reports that there are: in the list."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reported = {str(uid) for uid in Progress.objects.values_list("uid", flat=True)}
        mine = [str(measure.uid) for measure in reportable(self.user)]
        names = names_of(uid for uid in mine if uid not in reported)
        field: Any = self.fields["uid"]
        field.choices = [("", "---------"), *((uid, names[uid]) for uid in mine if uid in names)]
        if self.data.get("uid") in reported:
            field.error_messages["invalid_choice"] = _(
                "This measure has been reported on meanwhile. Please change that report: it is in the list."
            )
