"""The pages of status reports: which rounds have one, what one would say, freezing, withholding."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs, pressed, require
from editing.status_reports.report_form import ReportForm, WithholdForm
from measures.reporting_rounds import ReportingRound
from reporting.actions import freeze_report, release_report, save_draft, withhold_report
from reporting.models import StatusReport
from reporting.report_content import ReportContent
from reporting.report_data import mark_of, not_in_report, report_data
from reporting.sections import counted_states, reported_sentence, sections
from strategy.document.data import Plain
from strategy.editions.actions import PUBLISH
from strategy.history.edit_conflicts import Meanwhile
from strategy.history.node_lookup import names_of
from strategy.people import acting_user

BUTTONS = ("speichern", "einfrieren", "zurueckziehen", "freigeben")
READ = "measures.view_progress"


@require_safe
@needs(READ)
def status_reports(request: HttpRequest) -> HttpResponse:
    """The closed rounds, the newest first, each with its report or the way to it."""
    rounds = ReportingRound.objects.filter(closed_at__isnull=False).select_related("status_report")
    context = {
        **admin.site.each_context(request),
        "title": _("Status reports"),
        "rounds": rounds,
        "open": ReportingRound.objects.open().count(),
    }
    return render(request, "editing/status_reports.html", context)


@needs(READ)
def status_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The report of a closed round: what it would say now, or what was frozen."""
    asked = get_object_or_404(ReportingRound, slug=slug, closed_at__isnull=False)
    may_write = request.user.has_perm(PUBLISH)
    if request.method != "POST":
        return _page(request, _report_of(asked), may_write=may_write)
    require(may_write)
    button = pressed(request, *BUTTONS)
    with transaction.atomic():
        report = _report_of(asked, held=True)
        if button in ("zurueckziehen", "freigeben"):
            return _withheld(request, report, button)
        return _written(request, report, freeze=button == "einfrieren")


def _report_of(asked: ReportingRound, *, held: bool = False) -> StatusReport:
    rows = StatusReport.objects.select_for_update() if held else StatusReport.objects.all()
    stored = rows.filter(round=asked).first()
    title = gettext("Status report: %(round)s") % {"round": asked.title}
    return stored or StatusReport(round=asked, slug=asked.slug, title=title[:200])


def _written(request: HttpRequest, report: StatusReport, *, freeze: bool) -> HttpResponse:
    """Keep what was typed; freeze it with that, where this was asked for."""
    by = acting_user(request)
    if report.is_frozen:
        messages.error(request, gettext("This report has been frozen already: it never changes again."))
        return redirect("editing:status_report", report.round.slug)
    form = ReportForm(request.POST, instance=report)
    if not form.is_valid():
        return _page(request, report, form=form, may_write=True)
    try:
        with transaction.atomic():
            save_draft(report, by=by)
            if freeze:
                freeze_report(report, seen=request.POST.get("seen", ""), by=by)
    except ValidationError as error:
        report.frozen_at, report.digest = None, ""
        form.add_error(None, error)
        return _page(request, report, form=form, may_write=True)
    message = gettext("Frozen. The report is public.") if freeze else gettext("Saved. It is not public yet.")
    messages.success(request, message)
    return redirect("editing:status_report", report.round.slug)


def _withheld(request: HttpRequest, report: StatusReport, button: str) -> HttpResponse:
    by = acting_user(request)
    form = WithholdForm(request.POST)
    try:
        if button == "freigeben":
            release_report(report, by=by)
            messages.success(request, gettext("Readers can read the report again."))
        elif form.is_valid():
            withhold_report(report, reason=form.cleaned_data["reason"], by=by)
            messages.success(request, gettext("Readers now read the reason in place of the report."))
        else:
            return _page(request, report, withhold=form, may_write=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("editing:status_report", report.round.slug)


def _page(
    request: HttpRequest,
    report: StatusReport,
    *,
    may_write: bool,
    form: ReportForm | None = None,
    withhold: WithholdForm | None = None,
) -> HttpResponse:
    data, wrong = _data(report)
    content = ReportContent(data) if data else None
    form = form or ReportForm(instance=report)
    context = {
        **admin.site.each_context(request),
        "title": report.title,
        "report": report,
        "form": form if may_write and not report.is_frozen else None,
        "withhold": withhold or WithholdForm(),
        "may_write": may_write,
        "meanwhile": Meanwhile(None, None, (), tuple((*form.conflicts, *form.lost)), ()),
        "wrong": wrong,
        "seen": mark_of(data) if data and not report.is_frozen else "",
        "content": content,
        "states": counted_states(content) if content else "",
        "reported": reported_sentence(content) if content else "",
        "sections": sections(content) if content else [],
        "missing": _missing(report, data) if data and not report.is_frozen else [],
    }
    return render(request, "editing/status_report.html", context)


def _data(report: StatusReport) -> tuple[dict[str, Plain] | None, list[str]]:
    """What the report says, or would say; or why it can say nothing."""
    if report.is_frozen:
        return dict(report.content.data), []
    try:
        return report_data(report), []
    except ValidationError as error:
        return None, error.messages


def _missing(report: StatusReport, data: dict[str, Plain]) -> list[str]:
    """The names of what the round asked for and the shown edition lacks."""
    return sorted(names_of(not_in_report(report.round, data)).values())
