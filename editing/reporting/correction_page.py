"""Correcting the newest report on a measure: what was wrong is said, and what had been said stays."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, require
from measures.models import Measure
from measures.progress import Progress, Report
from measures.report_actions import correct
from measures.reporting import CHANGE
from strategy.forms.concurrent_forms import MergingForm
from strategy.forms.level_widgets import DateInput
from strategy.forms.months import MonthField
from strategy.history.node_lookup import names_of
from strategy.people import acting_user
from strategy.validators import CleanTextField


class CorrectionForm(MergingForm):
    """What the newest report should have said, and what was wrong with it."""

    next_step_month = MonthField(label=_("month of the next step"), required=False)
    correction_note = CleanTextField(label=_("what was wrong"), one_line=True, max_length=300)

    class Meta:
        model = Progress
        fields: Any = Progress.SAYS
        widgets: ClassVar = {
            "reported_on": DateInput,
            "note": forms.Textarea({"rows": 4}),
            "obstacle": forms.Textarea({"rows": 3}),
        }


@needs("measures.view_progress")
def correct_report(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """The form, beginning with what is public. Only those who report on the measure correct it."""
    measure = Measure.objects.filter(uid=uid).first()
    require(request.user.has_perm(CHANGE, measure))
    with transaction.atomic():
        earlier = get_object_or_404(Report, uid=uid, pk=pk)
        progress = Progress.objects.select_for_update().filter(uid=uid).first() or Progress(uid=uid)
        form = CorrectionForm(request.POST or None, instance=progress)
        if form.is_valid() and _corrected(request, form, earlier):
            return redirect("editing:reports", uid)
    context = {
        **admin.site.each_context(request),
        "title": _("Correct the report on “%(measure)s”") % {"measure": names_of([uid])[str(uid)]},
        "uid": uid,
        "earlier": earlier,
        "form": form,
    }
    return render(request, "editing/reporting/correct_report.html", context)


def _corrected(request: HttpRequest, form: CorrectionForm, earlier: Report) -> bool:
    try:
        correct(
            form.instance,
            corrects=earlier,
            note=form.cleaned_data["correction_note"],
            by=acting_user(request),
        )
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return False
    messages.success(request, gettext("Corrected. It is public at once; the earlier report stays below."))
    return True
