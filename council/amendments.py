"""Changes that the council decided on: what is cited as their reason, and what of an edition is none of them."""

import re

from council.consultations import Consultation
from council.papers import Paper
from printing.synopse import Synopse, SynopseRow, synopse_of
from strategy.editions.models import Edition


def amending_reason(decision: Consultation) -> str:
    """How a decision is cited as the reason of a change, in one line. Kept in the history, so German in the source."""
    day, paper = f"{decision.held_on:%d.%m.%Y}", decision.paper.reference
    return f"Beschluss vom {day}, {decision.body.name}, Vorlage {paper} ({decision.get_result_display()})"


def amending_reasons() -> list[str]:
    """What can be cited today: every decision with changes that no edition carries yet. One query."""
    rows = Consultation.objects.filter(
        role=Consultation.Role.DECISION,
        result=Consultation.Result.AMENDED,
        paper__edition__state=Edition.State.CONSULTATION,
    )
    return [amending_reason(each) for each in rows.select_related("body", "paper")]


def amendments_of(paper: Paper) -> Synopse | None:
    """What the paper's amended edition says otherwise than the one before the council; None where it names none."""
    if not paper.edition or not paper.amended_edition:
        return None
    return synopse_of(paper.edition, paper.amended_edition)


def not_cited(amendments: Synopse | None, paper: Paper) -> list[SynopseRow]:
    """The amendments for which no reason names the number of the paper: nothing says that they were decided."""
    rows = amendments.rows if amendments else ()
    return [row for row in rows if not any(cites(reason, paper.reference) for reason in row.reasons)]


def cites(reason: str, number: str) -> bool:
    """Whether a reason names this paper, and not one whose number only begins alike (2021/0734-1)."""
    return bool(re.search(rf"(?<!\d){re.escape(number)}(?![\d-])", reason))
