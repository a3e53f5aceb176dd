"""The history of loading a strategy file over a tree that is there."""

import pytest

from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.herne_strategy.strategy_files.tree_file import TREE, titles, uid
from themes.models import Theme

pytestmark = pytest.mark.django_db

TWO = f"              - {{kind: measure, uid: {uid(6)}, title: Zwei}}\n"
THREE = f"              - {{kind: measure, uid: {uid(7)}, title: Drei}}\n"


def records() -> list[tuple[str, str]]:
    return [(each.action, each.title) for each in HistoryRecord.objects.order_by("pk")]


def test_what_fills_an_empty_tree_is_no_change(load):
    load(TREE)

    assert records() == []


def test_new_changed_and_moved_nodes_leave_a_record_each_of_one_batch(load):
    load(TREE)
    new = f"              - {{kind: measure, uid: {uid(8)}, title: Vier}}\n"
    text = TREE.replace(TWO, "").replace(THREE, THREE + new).replace("title: Eins", "title: Erste")

    load(text + "            children:\n" + TWO)

    found = list(HistoryRecord.objects.order_by("pk"))
    assert records() == [("changed", "Erste"), ("added", "Vier"), ("moved", "Zwei")]
    assert ({each.reason for each in found}, len({each.batch for each in found})) == (
        {"Datei datei.yaml"},
        1,
    )
    assert [(each["above"], each["position"]) for each in (found[2].before, found[2].after)] == [
        ("Ziel A", 1),
        ("Ziel B", 0),
    ]
    assert (found[1].before, found[1].after["position"]) == (None, 2)


def test_order_that_the_file_takes_back_is_a_move(load):
    load(TREE)
    Node.objects.move(Node.objects.get(uid=uid(7)), Node.objects.get(uid=uid(5)), "left")

    load(TREE, "--overwrite")

    assert (records(), titles(3)) == ([("moved", "Drei")], ["Eins", "Zwei", "Drei"])


def test_nothing_is_recorded_where_nothing_changes_or_is_only_tried(load):
    load(TREE)

    load(TREE)
    load(TREE.replace("title: Eins", "title: Erste"), "--dry-run")

    assert records() == []


def test_what_is_loaded_is_agreed_and_ends_no_agreement(load):
    load(TREE)
    Node.objects.add_root(instance=Theme(title="Eigenes"))

    load(TREE.replace("title: Eins", "title: Erste"))

    assert {each.title: each.review for each in Node.objects.all() if each.review != Review.AGREED} == {
        "Eigenes": "draft"
    }
    assert [each.ends_agreement for each in HistoryRecord.objects.all()] == [False]
