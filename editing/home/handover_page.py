"""The handover: all that a successor has to know about the strategy's state, its dates and its people, on one page."""

import datetime

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs
from editing.exchange.questions import HANDS_ON, open_questions
from editing.help.sections import address_of_section
from editing.home.council_papers import papers_under_way
from editing.home.dates import Milestones, coming_dates
from editing.home.responsible import Responsibilities
from editing.home.standing import Standing, ending_measures
from editing.models import Proposal
from editing.rights import ROLES
from legal.models import BarrierReport
from strategy.editions.cited_codes import cited_rows
from strategy.people import acting_user

YEAR = datetime.timedelta(days=365)
MOST = 5  # of what is open, by title
FIVE_THINGS = (
    (
        _("Somebody proposes a change"),
        _("It waits on your start page; accept it, or decline it with an answer."),
        ("Vorschlagen und entscheiden",),
    ),
    (
        _("The steering group has met"),
        _("Record the meeting: its agenda, what is agreed, what is deferred; then close it."),
        ("Abstimmen wie in einer Sitzung",),
    ),
    (
        _("The departments are to report"),
        _("Open a reporting round; close it, and freeze the status report."),
        ("Berichtsrunden", "Sachstandsbericht"),
    ),
    (
        _("The council is to decide"),
        _("Freeze an edition, lay it before the council, carry the decision over, publish it."),
        ("Vom Arbeitsstand zur Fassung", "Rat und Gremien"),
    ),
    (
        _("Somebody comes or goes"),
        _("Invite them under “Persons”; hand over what lies with whoever leaves, then lock the account."),
        ("Personen",),
    ),
)


@require_safe
@needs(HANDS_ON)
def handover(request: HttpRequest) -> HttpResponse:
    """To be read or printed by whoever may see it all. A fixed number of queries."""
    user, rows = acting_user(request), cited_rows()
    context = {
        **admin.site.each_context(request),
        "title": _("Handover"),
        "today": timezone.localdate(),
        "standing": Standing.of(rows),
        "papers": papers_under_way(),
        "dates": coming_dates(user, timezone.localdate() + YEAR),
        "milestones": Milestones.until(timezone.localdate() + YEAR, rows),
        "ending": ending_measures(rows),
        "responsible": Responsibilities.of(rows),
        "proposals": list(Proposal.objects.open().select_related("by")),
        "questions": list(open_questions()),
        "first": f":{MOST}",
        "barriers": BarrierReport.objects.filter(is_done=False).count(),
        "things": [
            (name, says, [(heading, address_of_section(heading)) for heading in headings])
            for name, says, headings in FIVE_THINGS
        ],
        "coordination": _coordination(),
        "operator": settings.OPERATOR_MAIL_TO,
        "flaws": settings.SECURITY_CONTACT,
        "address": settings.PUBLIC_URL,
    }
    return render(request, "editing/handover.html", context)


def _coordination() -> list:
    """Active staff who may hand on rights: the coordination, but no administrators. One query."""
    people = get_user_model().objects.with_perm(HANDS_ON, include_superusers=False, backend=ROLES)
    return list(people.filter(is_staff=True).order_by("username"))
