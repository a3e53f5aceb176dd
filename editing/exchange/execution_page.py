"""The page on which it is written how a measure is carried out: milestones, period, spending."""

import uuid
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from editing.access import needs, require
from measures.execution import Execution
from measures.execution_actions import keep_execution
from measures.execution_forms import ExecutionForm
from measures.models import Measure
from measures.reporting import CHANGE
from strategy.forms.once import once, tell_made
from strategy.history.edit_conflicts import Meanwhile
from strategy.history.node_lookup import names_of
from strategy.people import acting_user


@needs("measures.view_progress")
@partial(once, is_new=False)
def execution(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form, for whoever may report on the measure."""
    measure = get_object_or_404(Measure, uid=uid)
    require(request.user.has_perm(CHANGE, measure))
    try:
        return _answer(request, measure)
    except ValidationError:  # somebody else was quicker: asked again, the form sees what they saved
        return _answer(request, measure)


def _answer(request: HttpRequest, measure: Measure) -> HttpResponse:
    with transaction.atomic():
        stored = Execution.objects.select_for_update().filter(uid=measure.uid).first()
        row = stored or Execution(uid=measure.uid, is_sample=measure.is_sample)
        form = ExecutionForm(row, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return _saved(request, form, measure)
    return render(request, "editing/execution.html", _context(request, form, measure))


def _saved(request: HttpRequest, form: ExecutionForm, measure: Measure) -> HttpResponse:
    kept, gone = form.rows()
    keep_execution(form.period.instance, save=kept, delete=gone, by=acting_user(request))
    messages.success(request, gettext("Saved. It is public at once."))
    tell_made(request, measure.title, reverse("editing:execution", args=[measure.uid]))
    return redirect("editing:execution", measure.uid)


def _context(request: HttpRequest, form: ExecutionForm, measure: Measure) -> dict[str, Any]:
    rows: list[Any] = [form.period, *(row for each in form.formsets for row in each.forms)]
    conflicts = [each for row in rows for each in (*row.conflicts, *row.lost)]
    name = names_of([measure.uid])[str(measure.uid)]
    return {
        **admin.site.each_context(request),
        "title": gettext("Milestones, period and spending of “%(measure)s”") % {"measure": name},
        "measure": measure,
        "form": form,
        "formsets": [SimpleNamespace(formset=each, opts=each.model._meta) for each in form.formsets],
        "meanwhile": Meanwhile(None, None, (), tuple(conflicts), ()),
    }
