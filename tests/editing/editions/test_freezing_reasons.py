"""The reasons in a Synopse are those of what both editions hold, also where a node wasn't agreed at a freeze."""

from typing import Any

import pytest

from editing.editions.freeze_plan import FreezePlan, freeze
from printing.synopse import synopse_of
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
"""


@pytest.fixture
def garden() -> Node:
    """A measure, agreed and in the edition “eins” as all else."""
    Strategy(city="Herne", title="Strategie").save()
    plant(TREE)
    Node.objects.update(review="agreed")
    frozen("eins")
    return Node.objects.get(title="Garten")


def frozen(slug: str, **choices: str) -> Edition:
    """The guided freeze, as its page does it."""
    chosen = {uid: choice for uid, choice in choices.items()}
    return freeze(
        choices=chosen,
        seen=FreezePlan(chosen).seen,
        may_leave=True,
        slug=slug,
        title=slug.title(),
        remark="",
        paper="",
        by=None,
    )


def change(node: Node, text: str, reason: str) -> None:
    node_actions.change(Node.objects.get(pk=node.pk), content={"text": text}, by=None, reason=reason)


def agree(node: Node) -> None:
    node_actions.set_review(Node.objects.get(pk=node.pk), "agreed", by=None)


def reasons(old: str, new: str) -> list[tuple[str, Any]]:
    """What the Synopse says of each change: the new text, and why."""
    synopse = synopse_of(Edition.objects.get(slug=old), Edition.objects.get(slug=new))
    return [(row.view.change.new.text, row.reasons) for row in synopse.rows]


def test_reason_of_a_change_that_was_held_back_is_not_told(garden: Node) -> None:
    change(garden, "Abgestimmt.", "Beschlossen in der Sitzung")
    agree(garden)
    change(garden, "Noch nicht.", "Intern: noch nicht abgestimmt")

    frozen("zwei")

    assert reasons("eins", "zwei") == [("Abgestimmt.", ["Beschlossen in der Sitzung"])]


def test_reason_that_was_held_back_is_told_with_the_edition_that_has_the_change(garden: Node) -> None:
    change(garden, "Neu.", "Wunsch der Schulen")
    frozen("zwei")
    agree(garden)

    frozen("drei")

    assert reasons("eins", "zwei") == []
    assert reasons("zwei", "drei") == [("Neu.", ["Wunsch der Schulen"])]


def test_reason_given_before_a_node_was_in_any_edition_is_told_with_it(garden: Node) -> None:
    parent = Node.objects.get(title="Schulen")
    new = node_actions.add(
        kind="measure", content={"title": "Labor", "text": "Da."}, parent=parent, by=None, reason="Für MINT"
    )
    frozen("zwei")
    agree(new)

    frozen("drei")

    assert reasons("eins", "zwei") == []
    assert reasons("zwei", "drei") == [("Da.", ["Für MINT"])]


def test_change_that_went_in_as_it_is_has_its_reason(garden: Node) -> None:
    change(garden, "Noch offen.", "Vorab aufgenommen")

    frozen("zwei", **{str(garden.uid): "working"})

    assert reasons("eins", "zwei") == [("Noch offen.", ["Vorab aufgenommen"])]
