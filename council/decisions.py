"""The decision status of a measure, derived from what the council decided on it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from council.consultations import Consultation
from council.papers import PaperMeasure, public_on
from council.record import papers_about_measures
from measures.progress import Progress
from printing.record import PaperRecord
from strategy.document.data import Plain

Matter, Result = PaperMeasure.Matter, Consultation.Result
Decision = Progress.Decision
Step = tuple[str, str]  # what was decided on, and how


def status_after(steps: Iterable[Step]) -> str:
    """The status after these decisions, the oldest first: each (matter, result).

    Agreeing to carry a measure out makes it decided, refusing that makes it rejected. Money in the budget makes it
    funded; refusing money, or to carry it out, takes that back, and nothing else. Without a decision it stays the
    proposal under reservation that the catalogue made it.
    """
    carried, is_funded = Decision.PROPOSED, False
    for matter, result in steps:
        is_agreed = result in (Result.APPROVED, Result.AMENDED)
        if matter == Matter.FUND:
            is_funded = is_agreed
        else:
            carried = Decision.DECIDED if is_agreed else Decision.REJECTED
            is_funded = is_funded and is_agreed
    return Decision.FUNDED if is_funded else carried


@dataclass(frozen=True)
class MeasureResolution:
    """What a body decided on a measure. `matter` and `result` are keys; `paper` is as in council.record."""

    matter: str
    result: str
    body: str
    held_on: datetime.date
    paper: PaperRecord

    def as_plain(self) -> dict[str, Plain]:
        """In words, as a measure's page lists it: with the paper's way through the bodies, wordings and votes."""
        return {
            "matter": Matter(self.matter).label,
            "result": Result(self.result).label,
            "held_on": self.held_on.isoformat(),
            "body": self.body,
            **{name: self.paper[name] for name in ("reference", "name", "url", "consultations")},
        }


def resolutions(on: datetime.date) -> dict[str, list[MeasureResolution]]:
    """What was decided on each measure, by uid, the oldest first, as far as it is public on this day. Two queries."""
    rows = PaperMeasure.objects.filter(
        public_on(on, "paper__"),
        paper__consultations__role=Consultation.Role.DECISION,
        paper__consultations__result__in=Consultation.FINAL,
    ).order_by("paper__consultations__held_on", "paper__reference", "pk")
    way = "paper__consultations__"
    fields = ("uid", "matter", f"{way}result", f"{way}body__name", f"{way}held_on", "paper")
    papers = papers_about_measures(on)
    by_measure: dict[str, list[MeasureResolution]] = defaultdict(list)
    for uid, matter, result, body, held_on, paper in rows.values_list(*fields):
        by_measure[str(uid)].append(MeasureResolution(matter, result, body, held_on, papers[paper]))
    return by_measure
