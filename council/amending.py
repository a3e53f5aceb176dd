"""Changes that the council decided on: what is cited as their reason, and what of an edition is none of them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from council.actions import amendments
from council.consultations import Consultation
from council.papers import Paper
from strategy.changes import Change
from strategy.editions import Edition
from strategy.library import library
from strategy.said import said_between


def amending_reason(decision: Consultation) -> str:
    """How a decision is cited as the reason of a change, in one line."""
    return _("Decided on %(date)s by %(body)s, paper %(number)s (%(result)s)") % {
        "date": f"{decision.held_on:%d.%m.%Y}",
        "body": decision.body.name,
        "number": decision.paper.reference,
        "result": decision.get_result_display(),
    }


def amending_reasons() -> list[str]:
    """What can be cited today: every decision with changes that no edition carries yet. One query."""
    rows = Consultation.objects.filter(
        role=Consultation.Role.DECISION,
        result=Consultation.Result.AMENDED,
        paper__edition__state=Edition.State.CONSULTATION,
    )
    return [amending_reason(each) for each in rows.select_related("body", "paper")]


@dataclass(frozen=True)
class Amendment:
    """A change that the amended edition makes, and whether its reasons cite the council's decision."""

    change: Change
    reasons: list[str]
    is_cited: bool


def amendments_of(paper: Paper) -> list[Amendment]:
    """What the paper's amended edition changes; [] where it names none. The change is cited where a reason names
    the number of the paper."""
    if not paper.edition or not paper.amended_edition:
        return []
    before = library.document(paper.edition)
    given = said_between(paper.edition, before, paper.amended_edition).reasons
    return [
        Amendment(change, reasons, any(_cites(reason, paper.reference) for reason in reasons))
        for change in amendments(paper.edition, paper.amended_edition)
        for reasons in [given.get(change.uid or "", [])]
    ]


def _cites(reason: str, number: str) -> bool:
    """Whether a reason names this paper, and not one whose number only begins alike (2021/0734-1)."""
    return bool(re.search(rf"(?<!\d){re.escape(number)}(?![\d-])", reason))
