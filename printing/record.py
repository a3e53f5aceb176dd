"""What the council did with an edition, as plain data. Whoever knows the council says here where it comes from."""

from collections.abc import Callable

from strategy.document.document import Document, Plain
from strategy.editions.models import Edition

Record = dict[str, Plain]
"""{"papers": [{"reference", "name", "paper_type", "dated_on", "under_direction_of", "proposal", "financial_impact",
"url", "proviso", "withdrawn_on", "amended", "consultations": [{"body", "role", "held_on", "result",
"is_authoritative", "resolution"}]}]}. Days are written as in ISO 8601, "" where not set; role and result are in words,
"" where they are not known. "resolution" is None or {"text", "vote_note", "votes", "groups"}; "votes" is None or
{"for", "against", "abstaining"}, "groups" a list of the same with "name". "amended" is the edition with the council's
changes once the decision is carried over to it, {"slug", "title"}, else None."""

_record_of: Callable[[Edition], Record] = lambda edition: {"papers": []}  # noqa: E731
_papers_on_measures_of: Callable[[Document], list[Record]] = lambda document: []  # noqa: E731


def register(
    record_of: Callable[[Edition], Record], papers_on_measures_of: Callable[[Document], list[Record]]
) -> None:
    """Make known where the record of an edition, and the papers about measures of a Document, come from."""
    global _record_of, _papers_on_measures_of
    _record_of, _papers_on_measures_of = record_of, papers_on_measures_of


def record_of(edition: Edition) -> Record:
    """The papers with which this edition is or was before the council, each with its way through the bodies."""
    return _record_of(edition)


def papers_on_measures_of(document: Document) -> list[Record]:
    """The papers about single measures of this Document, each as in a Record and with "measures":
    [{"uid", "code", "matter"}], in the Document's order, the matter in words."""
    return _papers_on_measures_of(document)
