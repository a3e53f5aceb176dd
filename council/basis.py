"""The paper that the working tree refers to."""

from council.papers import Paper
from strategy.document.data import Plain
from strategy.editions.models import Strategy


def basis() -> dict[str, Plain] | None:
    """The paper that the title page names, as an edition keeps it; None where it names none that is recorded."""
    paper = Paper.objects.filter(reference__in=Strategy.objects.values("paper_number")).first()
    return paper.as_plain() if paper else None
