"""Which papers are on their way through the council, for which edition, and what each waits for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from council.consultations import Consultation
from council.papers import Paper
from strategy.editions.models import Edition

State = Edition.State


@dataclass(frozen=True)
class PaperUnderWay:
    """A paper, its edition, and what they wait for, in words; `is_due` where that is for somebody here to do now."""

    paper: Paper
    edition: Edition
    waits_for: str
    is_due: bool


def papers_under_way() -> list[PaperUnderWay]:
    """Those whose edition is not through the council yet, the oldest first. Two queries."""
    consultations = Prefetch("consultations", Consultation.objects.select_related("body"))
    papers = Paper.objects.filter(
        edition__state__in=(State.WORKING, State.CONSULTATION), withdrawn_on=None
    ).order_by("reference")
    return [
        PaperUnderWay(paper, paper.edition, *_waits_for(paper, paper.edition))
        for paper in papers.select_related("edition", "amended_edition").prefetch_related(consultations)
        if paper.edition
    ]


def _waits_for(paper: Paper, edition: Edition) -> tuple[str, bool]:
    if paper.decision:
        return _("The decision is recorded; it is still to be carried over."), True
    if edition.state == State.WORKING:
        return _("The edition is not laid before the council yet."), False
    return _next_meeting(paper.consultations.all())


def _next_meeting(consultations: Iterable[Consultation]) -> tuple[str, bool]:
    """A meeting whose result is missing comes before one that is still to come."""
    today = timezone.localdate()
    for each in consultations:
        if each.held_on and not each.result:
            words = {"body": each.body, "day": f"{each.held_on:%d.%m.%Y}"}
            if each.held_on < today:
                return _("The result of %(body)s of %(day)s is not recorded yet.") % words, True
            return _("Next: %(body)s on %(day)s.") % words, False
    return _("No further meeting is recorded."), False
