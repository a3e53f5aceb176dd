"""All meetings, and beginning a new one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs
from editing.meetings.agenda import BOTH, AgendaFilter
from editing.meetings.meeting_actions import AGREE, prepare
from editing.meetings.models import Meeting
from strategy.editions.cited_codes import cited_rows
from strategy.forms.concurrent_forms import MergingForm
from strategy.forms.once import once, tell_made
from strategy.people import acting_user
from strategy.tree.review import Review

A_PAGE = 50
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeetingForm(MergingForm):
    """Which group met, and when. Groups that met before are proposed."""

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ("body", "held_on")
        widgets = {
            "held_on": DAY,
            "body": forms.TextInput(attrs={"list": "gruppen"}),
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = Meeting.objects.bodies()
        self.fields["body"].initial = next(iter(self.bodies), "")
        self.fields["held_on"].initial = timezone.localdate


@require_safe
@needs("strategy.view_node")
def meetings(request: HttpRequest) -> HttpResponse:
    """Those that go on, then those that are closed, the newest first. A fixed number of queries."""
    page = Paginator(Meeting.objects.closed().with_counts(), A_PAGE).get_page(request.GET.get("seite"))
    context = {
        **admin.site.each_context(request),
        "title": _("Meetings"),
        "going_on": Meeting.objects.going_on().with_counts().select_related("opened_by"),
        "page": page,
        "may_agree": request.user.has_perm(AGREE),
    }
    return render(request, "editing/meetings.html", context)


@needs(AGREE)
@once
def new_meeting(request: HttpRequest) -> HttpResponse:
    """The form for a meeting with what goes on its agenda. The query proposes it, as the filter of other pages does."""
    rows = cited_rows()
    form = MeetingForm(request.POST or None)
    batch = request.GET.get("vorgang", "")
    proposed = {
        "themenfelder": request.GET.getlist("themenfeld"),
        "stand": request.GET.get("stand") or (BOTH if batch else Review.OPEN),
        "vorgang": batch,
    }
    agenda = AgendaFilter(rows, request.POST or None, initial=proposed)
    if request.method == "POST" and form.is_valid() and agenda.is_valid():
        if matching := agenda.matches():
            meeting = prepare(form.save(commit=False), rows=matching, by=acting_user(request))
            address = reverse("editing:meeting", args=[meeting.pk])
            tell_made(request, meeting, address)
            message = ngettext(
                "%(n)s entry is on the agenda.", "%(n)s entries are on the agenda.", len(matching)
            )
            messages.success(request, message % {"n": len(matching)})
            return redirect(address)
        agenda.add_error(None, agenda.found_nothing)
    context = {
        **admin.site.each_context(request),
        "title": gettext("New meeting"),
        "form": form,
        "agenda": agenda,
        "waiting": len(agenda.found),
    }
    return render(request, "editing/new_meeting.html", context)
