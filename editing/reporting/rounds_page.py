"""The pages of the coordination: the rounds, a new one, how far one is, changing and closing it."""

from collections import defaultdict

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs
from editing.reporting.expected import department_address, expected_of, to_be_checked
from editing.reporting.reminders import reached
from editing.reporting.round_forms import NewRoundForm, RoundForm
from editing.reporting.standing import DepartmentStanding, asked_in, by_department
from editing.rights import own_departments
from measures.models import Department
from measures.reporting import REPORT
from measures.reporting_rounds import ReportingRound, RoundMeasure
from measures.round_actions import KEEP, OPEN, change_round, close_round, missing_in, open_round
from strategy.forms.once import once, tell_made
from strategy.people import AnyUser, acting_user

SEE = "measures.view_reportinground"


@needs("measures.view_progress")
def rounds(request: HttpRequest) -> HttpResponse:
    """The open rounds, then the closed ones, the newest first, with the pages of one's own departments. A fixed number
    of queries, and four for each open round."""
    newest = (F("closed_at").desc(nulls_first=True), "-opened_at", "-pk")
    listed = ReportingRound.objects.annotate(asked=Count("measures")).order_by(*newest)
    own = _own_pages(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Reporting rounds"),
        "rounds": [(each, own.get(each.pk, [])) for each in listed],
        "expected": expected_of(request.user),
        "checks": to_be_checked(request.user),
        "may_see": request.user.has_perm(SEE),
        "may_open": request.user.has_perm(OPEN),
    }
    return render(request, "editing/reporting/rounds.html", context)


def _own_pages(user: AnyUser) -> dict[int, list[tuple[str, str]]]:
    """By round, the name and address of the pages of this person’s departments that were asked."""
    mine = own_departments(user) if user.has_perm(REPORT) else frozenset()
    departments = Department.objects.in_bulk(mine) if mine else {}
    asked = RoundMeasure.objects.filter(department__in=departments).order_by()
    pages: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for slug, pk, department in asked.values_list("round__slug", "round", "department").distinct():
        own = departments[department]
        pages[pk].append((own.name, reverse("editing:round_department", args=[slug, own.key])))
    return pages


@needs(OPEN)
@once
def new_round(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    form = NewRoundForm(request.POST or None)
    if form.is_valid():
        said = {
            name: form.cleaned_data[name]
            for name in ("title", "key_on", "due_on", "is_published_at_once", "note")
        }
        try:
            opened = open_round(**said, uids=form.uids, by=acting_user(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            address = reverse("editing:round", args=[opened.slug])
            tell_made(request, opened, address)
            message = ngettext(
                "The round is open and asks for %(n)s measure. Its department gets a mail tomorrow morning.",
                "The round is open and asks for %(n)s measures. The departments get a mail tomorrow morning.",
                len(form.uids),
            )
            messages.success(request, message % {"n": len(form.uids)})
            return redirect(address)
    context = {
        **admin.site.each_context(request),
        "title": _("New reporting round"),
        "form": form,
    }
    return render(request, "editing/reporting/new_round.html", context)


@needs(SEE)
def round_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """How far each department is. A fixed number of queries."""
    asked = get_object_or_404(ReportingRound, slug=slug)
    standings = by_department(asked_in(asked))
    mailed = reached(asked, standings)
    context = {
        **admin.site.each_context(request),
        "title": asked.title,
        "round": asked,
        "standings": [
            (each, department_address(asked, each.department), mailed.get(_pk(each))) for each in standings
        ],
        "total": sum(each.total for each in standings),
        "reported": sum(each.reported for each in standings),
        "waiting": sum(each.waiting for each in standings),
        "may_keep": request.user.has_perm(KEEP) and asked.is_open,
    }
    return render(request, "editing/reporting/round.html", context)


def _pk(standing: DepartmentStanding) -> int:
    return standing.department.pk if standing.department else 0


@needs(KEEP)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Another due date, title or note. Who saves second undoes nothing."""
    with transaction.atomic():
        asked = get_object_or_404(ReportingRound.objects.select_for_update(), slug=slug)
        form = RoundForm(request.POST or None, instance=asked)
        if form.is_valid():
            try:
                change_round(form.instance, by=acting_user(request))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, gettext("Saved."))
                return redirect("editing:round", slug)
    context = {
        **admin.site.each_context(request),
        "title": _("Change “%(round)s”") % {"round": ReportingRound.objects.get(slug=slug).title},
        "round": asked,
        "form": form,
    }
    return render(request, "editing/reporting/change_round.html", context)


@needs(KEEP)
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at who has not reported, and close all the same; or not."""
    asked = get_object_or_404(ReportingRound, slug=slug)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1
            close_round(asked, seen=number, by=acting_user(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, gettext("The round is closed. Its reports stay as they are."))
            return redirect("editing:round", slug)
    standings = by_department(asked_in(asked))
    context = {
        **admin.site.each_context(request),
        "title": _("Close “%(round)s”") % {"round": asked.title},
        "round": asked,
        "missing": [each for each in standings if each.missing],
        "waiting": sum(each.waiting for each in standings),
        "seen": len(missing_in(asked)),
    }
    return render(request, "editing/reporting/close_round.html", context)
