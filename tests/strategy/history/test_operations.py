"""What is done in one step is one operation: all its records have its batch."""

import pytest

from strategy.history import node_actions
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord
from strategy.history.operations import Operation, operation
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
def nodes():
    return plant(TREE)


def batches() -> list[object]:
    return list(HistoryRecord.objects.order_by("pk").values_list("batch", flat=True))


def test_what_is_done_inside_has_the_batch_of_the_operation(nodes):
    with operation(Operation.Kind.BULK, title="Text") as done:
        node_actions.change(nodes["Garten"], content={"text": "Neu."})
        node_actions.delete(nodes["Kurse"])
        node_actions.set_review(nodes["Schulen"], "open")

    assert batches() == [done.uid] * 3
    assert str(Operation.objects.get()) == "Änderung vieler Maßnahmen: Text"


def test_what_is_done_by_itself_has_a_batch_of_its_own(nodes):
    for name in ("Garten", "Kurse"):
        node_actions.change(nodes[name], content={"text": "Neu."})

    assert len(set(batches())) == 2
    assert not Operation.objects.exists()


def test_operation_inside_another_is_a_part_of_it(nodes):
    with operation(Operation.Kind.REORGANISATION, title="Alt → Neu") as outer:
        with operation(Operation.Kind.BULK, title="Leitung") as inner:
            inner.details["said"] = "so"
            node_actions.change(nodes["Garten"], content={"text": "Neu."})
        node_actions.change(nodes["Kurse"], content={"text": "Neu."})

    assert batches() == [outer.uid] * 2
    assert [(each.kind, each.details) for each in Operation.objects.all()] == [
        ("reorganisation", {"said": "so"})
    ]


def test_operation_that_changed_nothing_is_none(nodes):
    with operation(Operation.Kind.BULK):
        node_actions.change(nodes["Garten"], content={"title": "Garten"})

    assert not Operation.objects.exists()


def test_operation_that_fails_leaves_nothing(nodes):
    with pytest.raises(ZeroDivisionError), operation(Operation.Kind.BULK):
        node_actions.change(nodes["Garten"], content={"text": "Neu."})
        raise ZeroDivisionError

    assert batches() == []
    assert not Operation.objects.exists()
    with in_one_go() as batch:
        node_actions.change(nodes["Garten"], content={"text": "Neu."})
    assert batches() == [batch]
