"""The start page of the administration: what is expected of whoever asks, what comes next, what happened."""

import datetime

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from editing.access import needs
from editing.exchange.desk_page import Desk
from editing.exchange.news import DAYS, News
from editing.exchange.own_measures import own_measures
from editing.exchange.questions import HANDS_ON
from editing.home.council_papers import papers_under_way
from editing.home.dates import Milestones, coming_dates
from editing.home.greeting import Greeting
from editing.home.last_things import last_things
from editing.home.models import ReadGreeting
from editing.home.own_part import OwnPart
from editing.models import DeskMail
from editing.reporting.expected import expected_of, to_be_checked
from measures.reporting_rounds import ReportingRound
from measures.round_actions import KEEP
from strategy.editions.cited_codes import cited_rows
from strategy.people import acting_user

FIRST = 5  # of each kind, with a link to the others
MEASURES = 10  # how many of one's own are listed
AHEAD = datetime.timedelta(days=183)
OF_THE_TREE = {"q", "ebene", "stand", "vorschlaege", "auf", "um", "alle", "zeige"}


@require_safe
@needs("strategy.view_node")
def home(request: HttpRequest) -> HttpResponse:
    """A fixed number of queries, whatever waits. Addresses of the tree from when it stood here lead to it."""
    if OF_THE_TREE & request.GET.keys():
        return redirect(f"{reverse('tree_page')}?{request.GET.urlencode()}")
    user, rows = acting_user(request), cited_rows()
    own = own_measures(user, rows)
    desk, expected = Desk.of(user, rows), expected_of(user)
    until = timezone.localdate() + AHEAD
    papers = papers_under_way() if user.has_perm("council.view_paper") else []
    checks, overdue = to_be_checked(user), _overdue_rounds(user)
    unreported = sum(not each.is_reported for each in own)
    due = [*(each.missing for each in expected), *(each.is_due for each in papers)]
    context = {
        **admin.site.each_context(request),
        "title": _("What waits for me"),
        "greeting": Greeting.of(user),
        "desk": desk,
        "expected": expected,
        "checks": checks,
        "overdue": overdue,
        "is_free": not any((desk.count, unreported, checks, overdue, *due)),
        "first": f":{FIRST}",
        "news": News.of(user),
        "days": DAYS,
        "own_measures": own[:MEASURES],
        "own_count": len(own),
        "unreported": unreported,
        "papers": papers,
        "dates": coming_dates(user, until)[:FIRST],
        "milestones": Milestones.until(until, [each.row for each in own]) if own else None,
        "own_part": OwnPart.of(user, rows),
        "may_hand_over": user.has_perm(HANDS_ON),
        "last_things": last_things() if user.has_perm("strategy.view_historyrecord") else [],
        "wants_mail": not DeskMail.objects.filter(user=user, is_wanted=False).exists(),
    }
    return render(request, "editing/home.html", context)


def _overdue_rounds(user: User) -> list[ReportingRound]:
    """The open rounds whose day is past, for whoever keeps rounds. One query at most."""
    overdue = ReportingRound.objects.open().filter(due_on__lt=timezone.localdate()).order_by("due_on", "pk")
    return list(overdue) if user.has_perm(KEEP) else []


@require_POST
@needs("strategy.view_node")
def put_greeting_away(request: HttpRequest) -> HttpResponse:
    """Whoever asks has read the greeting."""
    ReadGreeting.objects.get_or_create(user=acting_user(request))
    return redirect("admin:index")
