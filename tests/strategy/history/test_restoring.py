"""Bringing back what the history holds."""

import pytest
from django.core.exceptions import ValidationError

from strategy.editions.working_tree import problems
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.restoring import restore
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.factories import SDGFactory
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      operational_goal Räume
        measure Umbau
    strategic_goal Kitas
"""


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED, "text": "Alt."})


def last() -> HistoryRecord:
    return HistoryRecord.objects.first()


def test_changed_text_comes_back(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu.", "title": "Gärten"})

    assert restore(last(), reason="Irrtum") == 1

    garden = Node.objects.get(pk=nodes["Garten"].pk)
    assert (garden.title, garden.text, garden.version) == ("Garten", "Alt.", 3)
    assert (last().action, last().reason) == ("changed", "Irrtum")


def test_moved_node_goes_back_to_its_place(nodes):
    node_actions.move(nodes["Garten"], target=nodes["Kitas"], pos="last-child")

    restore(last())

    assert outline() == tidy(TREE)
    assert problems() == []


@pytest.mark.parametrize("title", ["Schulen", "Garten", "Räume"])
def test_deleted_nodes_return_with_identity_and_content(nodes, title: str):
    SDGFactory(number=4)
    nodes["Garten"].sdgs.set([4])
    node_actions.delete(nodes[title])
    topmost = HistoryRecord.objects.filter(title=title).get()

    restore(topmost)

    titles = {node.title: node for node in saved().values()}
    assert set(titles) == set(nodes)
    assert {name: node.uid for name, node in titles.items()} == {n: node.uid for n, node in nodes.items()}
    assert problems() == []
    assert titles["Garten"].text == "Alt."
    assert [sdg.number for sdg in titles["Garten"].sdgs.all()] == [4]


def test_restored_agreed_node_is_up_for_agreement(nodes):
    node_actions.delete(nodes["Garten"])

    restore(last())

    assert saved()["Garten"].review == "open"
    assert str(nodes["Garten"].uid) in HistoryRecord.objects.last_agreed()


def test_part_of_a_deletion_can_come_back_once_its_parent_is_there(nodes):
    node_actions.delete(nodes["Räume"])
    part = HistoryRecord.objects.get(title="Umbau")

    with pytest.raises(ValidationError, match="Räume"):
        restore(part)

    assert "Umbau" not in outline()


def test_deletion_is_restored_only_once(nodes):
    node_actions.delete(nodes["Räume"])
    deletion = HistoryRecord.objects.get(title="Räume")
    restore(deletion)
    before = outline()

    with pytest.raises(ValidationError):
        restore(deletion)

    assert outline() == before


def test_address_that_was_taken_meanwhile_is_not_taken_back(nodes):
    node_actions.delete(nodes["Garten"])
    deletion = last()
    node_actions.add(kind="measure", content={"title": "Neu", "slug": "garten"}, parent=nodes["Kitas"])

    restore(deletion)

    assert set(Node.objects.filter(slug__startswith="garten").values_list("slug", "title")) == {
        ("garten", "Neu"),
        ("garten-2", "Garten"),
    }


def test_change_of_a_deleted_node_is_refused(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    change = last()
    node_actions.delete(nodes["Garten"])

    with pytest.raises(ValidationError):
        restore(change)


def test_review_state_comes_back(nodes):
    node_actions.set_review(nodes["Garten"], Review.DRAFT)

    restore(last())

    assert saved()["Garten"].review == "agreed"


def test_addition_cannot_be_restored(nodes):
    node_actions.add(kind="measure", content={"title": "Neu"}, parent=nodes["Kitas"])

    with pytest.raises(ValidationError):
        restore(last())
