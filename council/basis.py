"""The paper that the working tree refers to, where it is public: an edition keeps it for ever."""

from django.utils import timezone

from council.papers import Paper, public_on
from strategy.document.data import Plain
from strategy.editions.models import Strategy


def basis() -> dict[str, Plain] | None:
    """The paper that the title page names, as an edition keeps it; None where it names none that is recorded and
    public."""
    named = Paper.objects.filter(reference__in=Strategy.objects.values("paper_number"))
    paper = named.filter(public_on(timezone.localdate())).first()
    return paper.as_plain() if paper else None
