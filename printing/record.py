"""What the council did with an edition, as plain data. Whoever knows the council says here where it comes from."""

from collections.abc import Callable
from typing import NotRequired, TypedDict

from strategy.document.document import Document
from strategy.editions.models import Edition

Votes = TypedDict("Votes", {"for": int, "against": int, "abstaining": int})
"""How many voted how."""

GroupVotes = TypedDict("GroupVotes", {"name": str, "for": int, "against": int, "abstaining": int})
"""How a parliamentary group voted."""


class ResolutionRecord(TypedDict):
    """What a body decided. `votes` are None where they are not known."""

    text: str
    vote_note: str
    votes: Votes | None
    groups: list[GroupVotes]


class ConsultationRecord(TypedDict):
    """That a body dealt with a paper. `held_on` is in ISO 8601, "" where not set; `role` and `result` are in words, ""
    where they are not known. `is_of_earlier_text` is there where the body had an earlier state of the text before it.
    The paper that an edition refers to has neither role nor resolution."""

    body: str
    held_on: str
    result: str
    is_authoritative: bool
    role: NotRequired[str]
    is_of_earlier_text: NotRequired[bool]
    resolution: NotRequired[ResolutionRecord | None]


class EditionName(TypedDict):
    """An edition by its address and title."""

    slug: str
    title: str


class MatterRecord(TypedDict):
    """A measure that a paper is about, and what of it is decided, in words."""

    uid: str
    code: str
    matter: str


class PaperRecord(TypedDict):
    """A paper with its way through the bodies. Days are in ISO 8601, "" where not set.

    `amended` is the edition with the council's changes once the decision is carried over to it.
    `is_recorded_afterwards` is there where the decision came before the edition was recorded here. `measures` are there
    where the paper is about single measures; the paper that an edition refers to lacks what is not required.
    """

    reference: str
    name: str
    paper_type: str
    under_direction_of: str
    url: str
    proviso: str
    consultations: list[ConsultationRecord]
    dated_on: NotRequired[str]
    proposal: NotRequired[str]
    financial_impact: NotRequired[str]
    withdrawn_on: NotRequired[str]
    amended: NotRequired[EditionName | None]
    is_recorded_afterwards: NotRequired[bool]
    measures: NotRequired[list[MatterRecord]]


class Record(TypedDict):
    """The papers with which an edition is or was before the council; in an archive also those about its measures."""

    papers: list[PaperRecord]
    measure_papers: NotRequired[list[PaperRecord]]


_record_of: Callable[[Edition], Record] = lambda edition: {"papers": []}  # noqa: E731
_papers_on_measures_of: Callable[[Document], list[PaperRecord]] = lambda document: []  # noqa: E731


def register(
    record_of: Callable[[Edition], Record], papers_on_measures_of: Callable[[Document], list[PaperRecord]]
) -> None:
    """Make known where the record of an edition, and the papers about measures of a Document, come from."""
    global _record_of, _papers_on_measures_of
    _record_of, _papers_on_measures_of = record_of, papers_on_measures_of


def record_of(edition: Edition) -> Record:
    """The papers with which this edition is or was before the council, each with its way through the bodies."""
    return _record_of(edition)


def papers_on_measures_of(document: Document) -> list[PaperRecord]:
    """The papers about single measures of this Document, each with its `measures` in the Document's order."""
    return _papers_on_measures_of(document)
