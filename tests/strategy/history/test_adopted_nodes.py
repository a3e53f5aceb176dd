"""What the council has adopted changes, moves or goes with a reason only."""

import pytest
from django.core.exceptions import ValidationError

from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import outline, plant, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant("""
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              measure Garten
              measure Kurse
            strategic_goal Kitas
    """)


def records() -> list[tuple[str, str]]:
    return list(HistoryRecord.objects.order_by("pk").values_list("action", "title"))


@pytest.mark.parametrize(
    "deed",
    [
        lambda node: node_actions.change(node, content={"text": "Neu."}),
        node_actions.delete,
        lambda node: node_actions.step(node, "down"),
        lambda node: node_actions.move(node, target=saved()["Kitas"], pos="last-child"),
    ],
    ids=["change", "delete", "step", "move"],
)
def test_what_was_adopted_changes_only_with_a_reason(nodes, deed):
    adopt()
    before = outline()

    with pytest.raises(ValidationError) as refused:
        deed(nodes["Garten"])

    assert set(refused.value.message_dict) == {"reason"}
    assert (outline(), records()) == (before, [])


def test_what_was_adopted_needs_a_reason_below_a_new_node_too(nodes):
    adopt()
    new = node_actions.add(kind="operational_goal", content={"title": "Neu"}, parent=nodes["Kitas"])
    node_actions.move(nodes["Kurse"], target=new, pos="last-child", reason="Passt besser")
    before = outline()

    with pytest.raises(ValidationError, match="„Kurse“"):
        node_actions.delete(new)

    assert outline() == before
    assert node_actions.delete(new, reason="Zusammengelegt") == 2


def test_with_a_reason_what_was_adopted_changes(nodes):
    adopt()

    node_actions.change(nodes["Garten"], content={"text": "Neu."}, reason="Beschluss vom 1. Oktober")

    assert HistoryRecord.objects.get().reason == "Beschluss vom 1. Oktober"


@pytest.mark.parametrize(
    ("title", "target", "pos", "reason"),
    [
        ("Garten", "Kitas", "last-child", "Passt besser"),
        ("Labor", "Garten", "left", ""),
        ("Garten", "Kurse", "left", ""),
    ],
    ids=["with a reason", "new", "to where it stands"],
)
def test_move_of_what_was_adopted_with_a_reason_and_others_without(nodes, title, target, pos, reason):
    adopt()
    node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Schulen"])
    there = saved()

    is_moved = node_actions.move(there[title], target=there[target], pos=pos, reason=reason)

    assert is_moved is (target != "Kurse")
    assert [each.reason for each in HistoryRecord.objects.filter(action="moved")] == [reason] * is_moved


def test_address_and_new_nodes_need_no_reason_after_adoption(nodes):
    adopt()

    node_actions.change(nodes["Garten"], content={"slug": "gaerten"})
    added = node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Kitas"])
    node_actions.change(added, content={"text": "Neu."})

    assert [action for action, _title in records()] == ["changed", "added", "changed"]
