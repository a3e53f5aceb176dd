"""The seal: what the database refuses on the way through the council, should an action forget it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from strategy.editions import actions
from strategy.editions.models import Edition
from tests.strategy.editions.frozen import SEAL, TREE, frozen, in_state, refusal
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree(db: None) -> None:
    plant(TREE)


@pytest.mark.parametrize("state", ["consultation", "adopted", "superseded", "rejected"])
def test_edition_goes_to_the_council_only_with_sealed_content(state: str):
    edition = frozen()

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state=state, **SEAL)


@pytest.mark.parametrize(
    ("state", "values"),
    [
        ("adopted", {"paper_number": "2026/0999"}),
        ("adopted", {"decided_by": "Niemand"}),
        ("adopted", {"decided_on": "2020-01-01"}),
        ("superseded", {"result": "abgelehnt"}),
        ("adopted", {"state": "rejected"}),
        ("adopted", {"state": "consultation"}),
        ("superseded", {"state": "adopted"}),
        ("rejected", {"state": "consultation"}),
    ],
)
def test_decision_never_changes(state: str, values: dict):
    edition = in_state(state)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**values)


def test_shown_edition_cannot_be_rejected():
    edition = in_state("consultation")
    actions.publish(edition)

    assert refusal(actions.set_state, edition, "rejected") == [
        _("“%(edition)s” is being shown. Please publish another edition first.") % {"edition": edition}
    ]
