"""Restoring brings back what the record changed, at the place where it stood, and nothing else."""

import pytest
from django.core.exceptions import ValidationError
from treebeard.exceptions import InvalidPosition

from strategy.editions.working_tree import problems
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.restore_preview import restoration_of
from strategy.history.restoring import restore
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db

TREE = """
chapter Vorwort
theme Bildung
  guideline Lernen
    strategic_goal Eins
    strategic_goal Zwei
      measure Garten
      measure Kurse
      operational_goal Räume
    strategic_goal Drei
theme Klima
theme Wasser
chapter Schluss
"""


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED, "text": "Alt.", "cost_yearly": 68000})


def records(title: str) -> list[HistoryRecord]:
    return list(HistoryRecord.objects.filter(title=title).order_by("pk"))


@pytest.mark.parametrize(
    "title", ["Vorwort", "Bildung", "Lernen", "Eins", "Zwei", "Drei", "Garten", "Kurse", "Klima", "Schluss"]
)
def test_deleted_node_returns_to_its_place(nodes, title: str):
    node_actions.delete(nodes[title])

    restore(records(title)[-1])

    assert (outline(), problems()) == (tidy(TREE), [])
    assert records(title)[-1].after["position"] == records(title)[0].before["position"]


def test_place_that_the_level_may_not_have_any_more_becomes_the_nearest_one(nodes):
    node_actions.delete(nodes["Räume"])
    deletion = records("Räume")[0]
    for title in ("Neu", "Noch neuer"):
        node_actions.add(kind="measure", content={"title": title}, parent=nodes["Zwei"])

    restore(deletion)

    assert "measure Noch neuer\n      operational_goal Räume\n" in outline()
    assert problems() == []


def test_place_beyond_the_siblings_that_are_left_is_the_last(nodes):
    node_actions.delete(nodes["Drei"])
    deletion = records("Drei")[0]
    node_actions.delete(nodes["Eins"])

    said = restoration_of(deletion).then
    restore(deletion)

    assert said == "unter „Lernen“, Platz 2"
    assert [goal.title for goal in Node.objects.filter(kind="strategic_goal")] == ["Zwei", "Drei"]


def test_deletion_whose_only_place_is_taken_is_refused(nodes):
    node_actions.delete(nodes["Lernen"])
    node_actions.add(kind="guideline", content={"title": "Andere"}, parent=nodes["Bildung"])
    before = outline()

    with pytest.raises(InvalidPosition):
        restore(records("Lernen")[0])

    assert outline() == before


def test_older_change_comes_back_without_undoing_later_ones(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.change(nodes["Garten"], content={"cost_yearly": 71000})
    first, _second = records("Garten")

    shown = restoration_of(first)
    restore(first)

    garden = saved()["Garten"]
    assert (garden.text, garden.cost_yearly) == ("Alt.", 71000)
    assert [view.name for view in shown.fields] == ["text"]
    assert [field.name for field in records("Garten")[-1].changed_fields] == ["text"]


def test_what_a_later_change_made_of_the_same_field_is_shown_as_today(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu.", "title": "Beete"})
    node_actions.change(nodes["Garten"], content={"text": "Ganz anders.", "title": "Garten"})
    first = HistoryRecord.objects.order_by("pk").first()

    (view,) = restoration_of(first).fields
    restore(first)

    assert (view.name, "Ganz" in view.old, "anders" in view.old, "Neu" in view.old) == (
        "text",
        True,
        True,
        False,
    )
    assert (saved()["Garten"].title, saved()["Garten"].text) == ("Garten", "Alt.")


def test_what_is_so_already_is_empty_and_writes_nothing(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.change(nodes["Garten"], content={"text": "Alt."})
    first, _second = records("Garten")

    assert restoration_of(first).is_empty
    assert restore(first) == 0
    assert len(records("Garten")) == 2


def test_another_change_of_the_same_field_is_another_restoration(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    (first,) = records("Garten")
    seen = restoration_of(first).digest

    node_actions.change(nodes["Garten"], content={"cost_yearly": 71000})
    other_field = restoration_of(first).digest
    node_actions.change(nodes["Garten"], content={"text": "Ganz anders."})

    assert other_field == seen
    assert restoration_of(first).digest != seen


def test_moved_back_is_shown_with_both_places(nodes):
    node_actions.move(nodes["Garten"], target=nodes["Drei"], pos="last-child")

    shown = restoration_of(records("Garten")[0])
    restore(records("Garten")[0])

    assert (shown.now, shown.then) == ("unter „Drei“, Platz 1", "unter „Zwei“, Platz 1")
    assert outline() == tidy(TREE)


def test_move_of_what_was_adopted_is_taken_back_with_a_reason_only(nodes):
    adopt()
    node_actions.step(nodes["Garten"], "down", reason="Wichtiger")
    (moved,) = records("Garten")

    with pytest.raises(ValidationError, match="„Garten“"):
        restore(moved)
    restore(moved, reason="Doch nicht")

    assert outline() == tidy(TREE)


@pytest.mark.parametrize(
    "deed",
    [
        lambda node: node_actions.change(node, content={"text": "Neu."}),
        lambda node: node_actions.step(node, "down"),
    ],
    ids=["changed", "moved"],
)
def test_agreement_does_not_come_back_to_what_was_changed_since(nodes, deed):
    node_actions.set_review(nodes["Garten"], Review.DRAFT)
    ended = records("Garten")[0]
    deed(nodes["Garten"])

    with pytest.raises(ValidationError, match="„Garten“ wurde seither geändert"):
        restore(ended)

    assert saved()["Garten"].review == "draft"


def test_draft_comes_back_to_what_was_changed_since(nodes):
    node_actions.set_review(nodes["Kurse"], Review.OPEN)
    node_actions.change(nodes["Kurse"], content={"text": "Neu."})

    restore(records("Kurse")[0])

    assert saved()["Kurse"].review == "draft"


def test_restored_deletion_is_no_change_that_could_be_restored(nodes):
    node_actions.delete(nodes["Garten"])
    restore(records("Garten")[0])
    restored = records("Garten")[-1]

    with pytest.raises(ValidationError, match="nichts"):
        restore(restored)

    assert (restored.is_restorable, records("Garten")[0].is_restorable) == (False, True)
