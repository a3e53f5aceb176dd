"""“Was bei mir liegt”: what waits for a person, and whether they get a mail about it."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from editing.access import needs
from editing.exchange.proposal_rights import decidable
from editing.exchange.questions import HANDS_ON, questions_to, unassigned_questions
from editing.models import DeskMail, Proposal, Remark
from strategy.editions.cited_codes import cited_rows
from strategy.editions.models import Edition
from strategy.people import acting_user
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow


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
