"""“Was bei mir liegt”: what waits for this person."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from editing.access import needs
from editing.exchange.news import DAYS, News
from editing.exchange.own_measures import own_measures
from editing.exchange.proposal_rights import decidable
from editing.exchange.questions import HANDS_ON, questions_to, unassigned_questions
from editing.models import DeskMail, Proposal, Remark
from editing.reporting.expected import expected_of, to_be_checked
from strategy.editions.cited_codes import cited_rows
from strategy.editions.models import Edition
from strategy.people import acting_user
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

MEASURES = 10  # how many of one's own are listed


@dataclass(frozen=True)
class Desk:
    """What waits for a person: proposals to decide, questions, those that whoever was asked can no longer answer, nodes
    to agree on, an adopted edition that the start page does not show; and their own open proposals."""

    proposals: list[Proposal]
    questions: list[Remark]
    unassigned: list[Remark]
    nodes: list[TreeRow]
    own: list[Proposal]
    unshown: list[Edition]

    @classmethod
    def of(cls, user: User, rows: list[TreeRow] | None = None) -> "Desk":
        """A fixed number of queries; `rows` where the caller has them."""
        rows = cited_rows() if rows is None else rows
        open_proposals = list(Proposal.objects.open().select_related("by"))
        return cls(
            decidable(user, open_proposals, rows),
            list(questions_to(user)),
            list(unassigned_questions()) if user.has_perm(HANDS_ON) else [],
            [row for row in rows if row.review == Review.OPEN]
            if user.has_perm("strategy.agree_node")
            else [],
            [each for each in open_proposals if each.by_id == user.pk],
            list(Edition.objects.adopted_unshown()) if user.has_perm("strategy.publish_edition") else [],
        )

    @property
    def count(self) -> int:
        """How much waits."""
        asked = len(self.questions) + len(self.unassigned)
        return len(self.proposals) + asked + len(self.nodes) + len(self.unshown)


@require_safe
@needs("strategy.view_node")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever asks."""
    rows = cited_rows()
    user = acting_user(request)
    own = own_measures(user, rows)
    context = {
        **admin.site.each_context(request),
        "title": _("What waits for me"),
        "desk": Desk.of(user, rows),
        "expected": expected_of(user),
        "checks": to_be_checked(user),
        "news": News.of(user),
        "days": DAYS,
        "own_measures": own[:MEASURES],
        "own_count": len(own),
        "unreported": sum(not each.is_reported for each in own),
        "wants_mail": not DeskMail.objects.filter(user=user, is_wanted=False).exists(),
    }
    return render(request, "editing/desk.html", context)


@require_POST
@needs("strategy.view_node")
def choose_mail(request: HttpRequest) -> HttpResponse:
    """Whether whoever asks wants the daily mail (see editing.exchange.desk_mail)."""
    is_wanted = "wanted" in request.POST
    DeskMail.objects.update_or_create(user=acting_user(request), defaults={"is_wanted": is_wanted})
    if is_wanted:
        messages.success(request, gettext("You get an e-mail once a day when something waits for you."))
    else:
        messages.success(request, gettext("You get no more e-mails about what waits for you."))
    return redirect("editing:desk")
