"""Handed-in reports beside what is public: the coordination publishes them together, or gives one back."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs
from editing.reporting.expected import department_address
from editing.reporting.statement_views import views_of
from measures.models import Measure
from measures.progress import Progress, Report
from measures.reporting_rounds import ReportDraft, ReportingRound
from measures.round_actions import KEEP, draft_mark, give_back, publish_drafts
from strategy.forms.pasted_texts import PastedTextForm
from strategy.history.node_lookup import names_of
from strategy.people import acting_user
from strategy.presentation.side_by_side import FieldView
from strategy.validators import CleanTextField

ON_A_PAGE = 50


@dataclass(frozen=True)
class Handed:
    """A report that was handed in, what it is on, and what differs from what is public."""

    draft: ReportDraft
    name: str
    lead: str
    page: str  # on which it is changed
    mark: str
    changes: list[FieldView]
    is_overtaken: bool  # something was reported outside the round after it was saved


@needs(KEEP)
def publish_reports(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, in the order of the tree; what is ticked is published as it was seen. A fixed number of queries."""
    asked = get_object_or_404(ReportingRound, slug=slug)
    if request.method == "POST":
        _publish(request, asked)
        return redirect("editing:publish_reports", slug)
    places = dict(Measure.objects.order_by().values_list("uid", "path"))
    drafts = sorted(
        asked.drafts.filter(handed_in_at__isnull=False), key=lambda each: places.get(each.uid, "~")
    )
    page = Paginator(drafts, ON_A_PAGE).get_page(request.GET.get("seite"))
    context = {
        **admin.site.each_context(request),
        "title": _("Check and publish: %(round)s") % {"round": asked.title},
        "round": asked,
        "page": page,
        "handed": _handed(asked, list(page)),
    }
    return render(request, "editing/reporting/publish_reports.html", context)


def _handed(asked: ReportingRound, drafts: list[ReportDraft]) -> list[Handed]:
    uids = [draft.uid for draft in drafts]
    names, newest = names_of(uids), Report.objects.newest(uids)
    public = {each.uid: each for each in Progress.objects.filter(uid__in=uids)}
    measures = Measure.objects.filter(uid__in=uids).order_by().select_related("lead")
    leads = {measure.uid: measure.lead for measure in measures}
    handed = []
    for draft in drafts:
        last = newest.get(draft.uid)
        overtaken = bool(last and last.reported_at and last.reported_at > draft.saved_at)
        changes = views_of(public.get(draft.uid), draft)
        lead, mark = leads.get(draft.uid), draft_mark(draft, last)
        where = department_address(asked, lead)
        handed.append(Handed(draft, names[str(draft.uid)], str(lead or ""), where, mark, changes, overtaken))
    return handed


def _publish(request: HttpRequest, asked: ReportingRound) -> None:
    sent = (each.partition(":") for each in request.POST.getlist("meldung"))
    marks = {int(pk): mark for pk, _colon, mark in sent if pk.isascii() and pk.isdecimal() and len(pk) < 15}
    if not marks:
        messages.error(request, gettext("Please tick at least one report."))
        return
    try:
        published = publish_drafts(asked, marks, by=acting_user(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    message = ngettext("%(n)s report is public now.", "%(n)s reports are public now.", published.count)
    messages.success(request, message % {"n": published.count})
    if published.changed:
        names = ", ".join(names_of(each.uid for each in published.changed).values())
        message = gettext(
            "Changed since you opened this page, and so not published: %(names)s. Please look again."
        )
        messages.warning(request, message % {"names": names})


class GiveBackForm(PastedTextForm, forms.Form):
    """What the department is to mend."""

    note = CleanTextField(
        label=_("what is to be mended"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


@needs(KEEP)
def return_report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give one report back to its department, with what is to be mended."""
    draft = get_object_or_404(ReportDraft.objects.select_related("round"), pk=pk, round__slug=slug)
    form = GiveBackForm(request.POST or None)
    back = reverse("editing:publish_reports", args=[slug])
    if form.is_valid():
        try:
            give_back(draft, note=form.cleaned_data["note"], by=acting_user(request))
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            messages.success(request, gettext("Given back. The department sees why on its page."))
            return redirect(back)
    context = {
        **admin.site.each_context(request),
        "title": _("Give back: %(measure)s") % {"measure": draft},
        "round": draft.round,
        "draft": draft,
        "form": form,
        "back": back,
    }
    return render(request, "editing/reporting/return_report.html", context)
