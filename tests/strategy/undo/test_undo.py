"""What was done in one step is taken back in one step, and that again."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.operations import Operation
from strategy.history.origin_actions import set_origins
from strategy.history.origins import Origin
from strategy.importing.node_rows import NodeWrite
from strategy.importing.writing import TreePlan
from strategy.tree.models import Node
from strategy.tree.review import Review
from strategy.undo.planning import undo_plan
from tests.factories import SDGFactory
from tests.strategy.outline import outline, plant, saved, tidy
from tests.strategy.undo.undoing import TREE, actions_of_the_last_batch, done, new, states, undone, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED, "text": "Alt."}, Kurse={"review": Review.OPEN})


def import_of(nodes, goal: str, festival: str):
    """A new goal with a new measure below it and one that was elsewhere, another in a new order, one changed."""
    uids = {title: str(node.uid) for title, node in nodes.items()}
    garden = NodeWrite.of_content(
        uids["Garten"], "measure", {"text": "Neu.", "title": "Beete"}, review="open"
    )
    return TreePlan(
        new=[new(goal, "Feste", "operational_goal"), new(festival, "Fest")],
        changed=[garden],
        orders={
            uids["Schulen"]: [uids["Labor"], uids["Garten"], uids["Räume"], goal],
            goal: [festival, uids["Kurse"]],
        },
        moved=[uids["Labor"], uids["Kurse"]],
    )


def test_import_is_taken_back_whole(nodes):
    before = states()
    batch = written(import_of(nodes, str(uuid.uuid4()), str(uuid.uuid4())))
    assert outline() != tidy(TREE)

    plan = undone(batch)

    assert plan.is_whole
    assert outline() == tidy(TREE)
    assert states() == before
    assert set(actions_of_the_last_batch()) == {
        ("changed", "Garten"),
        ("moved", "Labor"),
        ("moved", "Kurse"),
        ("deleted", "Feste"),
        ("deleted", "Fest"),
    }
    taken_back = Operation.objects.get(kind="undo")
    assert (taken_back.takes_back, taken_back.uid) == (batch, HistoryRecord.objects.first().batch)


def test_taking_back_is_taken_back(nodes):
    batch = written(import_of(nodes, str(uuid.uuid4()), str(uuid.uuid4())))
    after, tree = states(), outline()
    undone(batch)

    undone(Operation.objects.get(kind="undo").uid)

    assert outline() == tree
    assert states() == after
    undone(Operation.objects.filter(kind="undo").first().uid)
    assert outline() == tidy(TREE)


def test_new_node_goes_and_its_history_stays(nodes):
    batch = done(lambda: node_actions.add(kind="measure", content={"title": "Fest"}, parent=nodes["Schulen"]))

    undone(batch)

    assert "Fest" not in saved()
    assert [record.action for record in HistoryRecord.objects.filter(title="Fest")] == ["deleted", "added"]


def test_deletion_is_taken_back_with_all_below_it_and_what_named_it(nodes):
    SDGFactory(number=4)
    nodes["Garten"].sdgs.set([4])
    nodes["Schulen"].also_serves.set([nodes["Klima"].pk])
    before = states()
    batch = done(lambda: [node_actions.delete(nodes[title]) for title in ("Schulen", "Klima")])
    assert "Garten" not in saved()

    undone(batch)

    assert outline() == tidy(TREE)
    assert states() == before


def test_agreement_is_taken_back_and_was_never_made(nodes):
    batch = done(lambda: node_actions.set_review(nodes["Kurse"], Review.AGREED))

    undone(batch)

    assert saved()["Kurse"].review == Review.OPEN
    assert HistoryRecord.objects.last_agreed() == {}


def test_what_was_agreed_is_agreed_again(nodes):
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"text": "Neu."}))
    assert saved()["Garten"].review == Review.OPEN

    undone(batch)

    garden = saved()["Garten"]
    assert (garden.text, garden.review, garden.version) == ("Alt.", Review.AGREED, 3)


def test_origins_are_taken_back(nodes):
    uids = [str(nodes[title].uid) for title in ("Kurse", "Labor")]
    set_origins(nodes["Garten"], origins=uids[:1])
    batch = done(lambda: set_origins(nodes["Garten"], origins=uids[1:]))

    undone(batch)

    assert [each.origin_title for each in Origin.objects.standing()] == ["Kurse"]


def test_what_was_taken_back_cannot_be_once_more(nodes):
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"text": "Neu."}))
    undone(batch)

    with pytest.raises(ValidationError, match="nichts mehr"):
        undone(batch)


def test_what_has_changed_since_it_was_seen_is_refused(nodes):
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"text": "Neu."}))
    seen = undo_plan(batch, by=None).digest
    node_actions.change(nodes["Garten"], content={"title": "Beete"})

    with pytest.raises(ValidationError, match="nichts geschrieben"):
        undone(batch, seen=seen)

    assert Node.objects.get(title="Beete")
    undone(batch, seen=undo_plan(batch, by=None).digest)
    assert saved()["Beete"].text == "Alt."
