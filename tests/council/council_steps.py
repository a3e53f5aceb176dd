"""A paper on its way through the council: laid before it, decided, refused; and the seal of its edition."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from council.papers import Paper
from strategy.editions.models import Edition
from tests.factories import BodyFactory, ConsultationFactory, PaperFactory

COUNCIL_DAY = date(2026, 3, 17)


def paper_for(edition: Edition | None, *, result: str = "", held_on: date | None = COUNCIL_DAY) -> Paper:
    """A paper with the committee's approval, and the council's with this result."""
    paper = PaperFactory(reference="2026/0100", edition=edition)
    committee = BodyFactory(key="umwelt", name="Umweltausschuss", kind="committee")
    prepared = {"held_on": date(2026, 2, 3), "role": "preliminary", "result": "approved"}
    ConsultationFactory(paper=paper, body=committee, **prepared)
    ConsultationFactory(paper=paper, held_on=held_on, role="decision", result=result)
    return paper


def decide(paper: Paper, result: str) -> Paper:
    """The council decides with this result."""
    paper.consultations.filter(role="decision").update(result=result, held_on=COUNCIL_DAY)
    return Paper.objects.get(pk=paper.pk)


def seal(edition: Edition) -> tuple[str, str, str, date | None, str]:
    edition.refresh_from_db()
    return (
        edition.state,
        edition.paper_number,
        edition.decided_by,
        edition.decided_on,
        edition.result,
    )


def refusal(step, paper: Paper) -> list[str]:
    """What the step says is missing. Nothing has changed."""
    before = list(Edition.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as raised:
        step(paper)

    assert list(Edition.objects.order_by("pk").values()) == before
    return raised.value.messages
