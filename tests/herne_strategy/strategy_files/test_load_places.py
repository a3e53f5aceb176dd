"""Where nodes stand in the tree once a strategy file is loaded: their parent and their order."""

import pytest
from django.core.management import CommandError

from measures.models import Department, Measure
from strategy.editions.working_tree import edition_data, problems
from strategy.tree.models import Node
from tests.herne_strategy.strategy_files.tree_file import TREE, counts, outline, titles, uid
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db


def test_node_moved_by_the_file_is_moved_and_by_an_editor_is_left(load):
    load(TREE)
    two = f"              - {{kind: measure, uid: {uid(6)}, title: Zwei}}\n"
    moved = TREE.replace(two, "") + "            children:\n" + two

    printed = load(moved)
    Node.objects.move(Node.objects.get(uid=uid(7)), Node.objects.get(uid=uid(4)), "last-child")
    with pytest.raises(CommandError, match=r"„Drei“ wurde .* \(abweichend: Platz im Baum\)"):
        load(moved)

    assert counts(printed) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert (titles(3), titles(4)) == (["Eins"], ["Zwei", "Drei"])
    assert problems() == []


def test_overwrite_moves_back(load):
    load(TREE)
    Node.objects.move(Node.objects.get(uid=uid(5)), Node.objects.get(uid=uid(4)), "last-child")

    load(TREE, "--overwrite")

    assert (titles(3), titles(4)) == (["Eins", "Zwei", "Drei"], [])
    assert problems() == []


def test_other_order_is_reported_and_restored_only_by_overwrite(load):
    load(TREE)
    own = Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Eigene"))
    Node.objects.move(own, Node.objects.get(uid=uid(5)), "right")
    Node.objects.move(Node.objects.get(uid=uid(7)), Node.objects.get(uid=uid(5)), "left")

    with pytest.raises(CommandError) as caught:
        load(TREE)
    kept = titles(3)
    load(TREE, "--overwrite")

    assert str(caught.value) == (
        "datei.yaml, Zeile 15: Die Reihenfolge unter „Ziel A“ ist in der Datenbank anders und bleibt, wie sie ist; "
        "--overwrite übernimmt die Datei."
    )
    assert kept == ["Drei", "Eins", "Eigene", "Zwei"]
    assert titles(3) == ["Eins", "Zwei", "Eigene", "Drei"]
    assert problems() == []


def test_new_nodes_come_to_their_place_among_their_siblings(load):
    load(TREE)
    Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Eigene"))
    new = "              - {kind: measure, uid: %s, title: %s}\n"
    text = TREE.replace(
        "            children:\n              - ",
        f"            children:\n{new % (uid(8), 'Nullte')}              - ",
    )
    text = text.replace("title: Zwei}\n", f"title: Zwei}}\n{new % (uid(9), 'Zweieinhalb')}")

    printed = load(text)

    assert counts(printed) == "Knoten: 2 neu, 0 geändert, 7 unverändert."
    assert titles(3) == ["Nullte", "Eins", "Zwei", "Zweieinhalb", "Drei", "Eigene"]
    assert problems() == []


def test_new_operational_goal_goes_behind_measures_of_the_editors(load):
    load(TREE)
    Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Eigene"))
    goal = f"              - {{kind: operational_goal, uid: {uid(8)}, title: Ausbau}}\n"

    load(TREE.replace("title: Drei}\n", f"title: Drei}}\n{goal}"))

    assert titles(3) == ["Eins", "Zwei", "Drei", "Eigene", "Ausbau"]
    assert problems() == []


def test_guideline_beside_one_of_the_editors_finds_no_place(load):
    theme = Node.objects.add_root(instance=Theme(uid=uid(1), title="Energie"))
    Node.objects.add_child(theme, instance=Guideline(title="Von Hand"))
    before = edition_data()

    with pytest.raises(
        CommandError, match="Zeile 11: „Leitlinie Energie“ findet unter „Energie“ keinen Platz"
    ):
        load(TREE)

    assert edition_data() == before
    assert not Department.objects.exists()


def test_two_themes_exchange_their_guidelines(load):
    theme = (
        "  - {{kind: theme, uid: {0}, title: {1}, children: [{{kind: guideline, uid: {2}, title: {3}}}]}}\n"
    )
    first = theme.format(uid(1), "A", uid(11), "LA") + theme.format(uid(2), "B", uid(12), "LB")
    second = theme.format(uid(1), "A", uid(12), "LB") + theme.format(uid(2), "B", uid(11), "LA")
    load(f"format: 1\nnodes:\n{first}")

    load(f"format: 1\nnodes:\n{second}")

    assert outline() == ["A", "  LB", "B", "  LA"]
    assert problems() == []
