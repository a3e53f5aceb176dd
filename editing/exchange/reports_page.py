"""Everything that was ever reported on a measure, and bringing back what was said before."""

import uuid

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, require
from editing.reporting.statement_views import views_of
from measures.models import Measure
from measures.progress import Report
from measures.report_actions import bring_back
from measures.reporting import CHANGE, form_address
from strategy.history.node_lookup import names_of
from strategy.people import acting_user
from strategy.presentation.side_by_side import FieldView


@needs("measures.view_progress")
def reports(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The reports on a measure, the newest first: it is the one that the public reads."""
    measure = Measure.objects.filter(uid=uid).first()
    rows = list(Report.objects.on(uid).select_related("reported_by", "round"))
    if measure is None and not rows:
        raise Http404
    may_report = request.user.has_perm(CHANGE, measure)
    if request.method == "POST":
        require(may_report)
        return _brought_back(request, uid)
    context = {
        **admin.site.each_context(request),
        "title": _("Reports on “%(measure)s”") % {"measure": names_of([uid])[str(uid)]},
        "measure": measure,
        "reports": _compared(rows),
        "may_report": may_report,
        "form": form_address(uid),
    }
    return render(request, "editing/reports.html", context)


def _compared(rows: list[Report]) -> list[tuple[Report, list[FieldView]]]:
    """Each report with what differs from the one before it; nothing for the first."""
    before: list[Report | None] = [*rows[1:], None]
    return [(row, views_of(old, row) if old else []) for row, old in zip(rows, before, strict=False)]


def _brought_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    sent = request.POST.get("meldung", "")
    pk = int(sent) if sent.isdecimal() and len(sent) < 15 else 0
    earlier = get_object_or_404(Report, uid=uid, pk=pk)
    bring_back(earlier, by=acting_user(request))
    messages.success(request, gettext("The earlier report holds again. It is public at once."))
    return redirect("editing:reports", uid)
