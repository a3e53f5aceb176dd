"""Agreeing to what was seen."""

import pytest
from django.core.exceptions import ValidationError

from strategy.history import node_actions
from strategy.history.models import mark_of
from strategy.tree.review import Review
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
"""


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED})


@pytest.mark.parametrize(
    "deed",
    [
        lambda node: node_actions.change(node, content={"text": "Neu."}),
        lambda node: node_actions.step(node, "down"),
        lambda node: node_actions.set_review(node, Review.DRAFT),
    ],
    ids=["changed", "moved", "reviewed"],
)
def test_nobody_agrees_to_what_they_have_not_seen(nodes, deed):
    seen = mark_of(nodes["Garten"])
    deed(nodes["Garten"])
    then = saved()["Garten"].review

    with pytest.raises(ValidationError, match="„Garten“ wurde geändert, nachdem Sie"):
        node_actions.set_review(nodes["Garten"], Review.OPEN if then == "draft" else Review.AGREED, seen=seen)

    assert saved()["Garten"].review == then


def test_what_was_seen_is_agreed_though_others_changed(nodes):
    seen = mark_of(nodes["Kurse"])
    node_actions.change(nodes["Garten"], content={"text": "Neu."})

    node_actions.set_review(nodes["Kurse"], Review.AGREED, seen=seen)

    assert saved()["Kurse"].review == "agreed"
