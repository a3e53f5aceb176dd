"""Loading a strategy file over nodes that an editor changed: they stay, unless --overwrite takes the file."""

import pytest
from django.core.management import CommandError

from goals.models import OperationalGoal
from measures.models import Measure
from strategy.tree.models import Node
from tests.herne_strategy.strategy_files.tree_file import TREE, counts, outline, titles, uid
from themes.models import Theme

pytestmark = pytest.mark.django_db


def test_changed_file_is_taken_where_no_editor_touched_the_node(load):
    load(TREE)
    text = TREE.replace("lead: umwelt, start_year: 2025", "start_year: 2026, funding: Haushalt")

    printed = load(text)

    measure = Measure.objects.get(uid=uid(5))
    assert counts(printed) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert (measure.lead, measure.start_year, measure.funding) == (None, 2026, "Haushalt")


def test_node_that_an_editor_changed_is_reported_and_left_alone_while_the_rest_is_loaded(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(5))
    node.title = "Vom Rathaus"
    node.save()
    text = TREE.replace("title: Eins", "title: Aus der Datei").replace("title: Zwei", "title: Zwei neu")

    with pytest.raises(CommandError) as caught:
        load(text)

    assert str(caught.value) == (
        "datei.yaml, Zeile 20: „Vom Rathaus“ wurde in der Datenbank geändert und bleibt, wie sie ist "
        "(abweichend: title); --overwrite übernimmt die Datei."
    )
    assert counts(caught.value.printed) == "Knoten: 0 neu, 1 geändert, 5 unverändert."
    assert titles(3) == ["Vom Rathaus", "Zwei neu", "Drei"]


def test_editor_change_is_reported_even_where_the_file_did_not_change(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(5))
    node.start_year, node.text = 2027, "Neu."
    node.save()

    with pytest.raises(CommandError, match=r"abweichend: text, start_year"):
        load(TREE)

    assert Measure.objects.get(uid=uid(5)).start_year == 2027


def test_overwrite_takes_the_file(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(5))
    node.title, node.start_year = "Vom Rathaus", 2027
    node.save()

    printed = load(TREE, "--overwrite")

    assert counts(printed) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert titles(3) == ["Eins", "Zwei", "Drei"]
    assert Measure.objects.get(uid=uid(5)).start_year == 2025
    assert counts(load(TREE)) == "Knoten: 0 neu, 0 geändert, 7 unverändert."


def test_file_that_catches_up_with_the_editor_becomes_the_new_baseline(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(6))
    node.title = "Zwei b"
    node.save()

    caught_up = load(TREE.replace("title: Zwei", "title: Zwei b"))
    later = load(TREE.replace("title: Zwei", "title: Zwei c"))

    assert counts(caught_up) == "Knoten: 0 neu, 0 geändert, 7 unverändert."
    assert counts(later) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert titles(3) == ["Eins", "Zwei c", "Drei"]


def test_node_that_an_editor_made_with_this_uid_is_left_alone(load):
    Node.objects.add_root(instance=Theme(uid=uid(1), title="Schon da"))

    with pytest.raises(CommandError, match="„Schon da“ wurde in der Datenbank geändert"):
        load(TREE)

    assert outline()[:2] == ["Schon da", "  Leitlinie Energie"]


def test_nodes_that_are_not_in_the_file_stay(load):
    load(TREE)
    own = Node.objects.add_root(instance=Theme(title="Eigenes"))

    printed = load(TREE)

    assert counts(printed) == "Knoten: 0 neu, 0 geändert, 7 unverändert."
    assert Node.objects.filter(pk=own.pk).exists()


GOAL = f"""
            children:
              - {{kind: operational_goal, uid: {uid(8)}, title: Dächer, base_value: 1.50, target_value: 6.0}}
"""


def test_goal_that_an_earlier_program_loaded_without_its_zeros_is_the_same(load):
    load(TREE + GOAL.lstrip("\n"))
    as_written = OperationalGoal.objects.get(uid=uid(8))
    OperationalGoal.objects.filter(uid=uid(8)).update(base_value="1.5", target_value="6")

    printed = load(TREE + GOAL.lstrip("\n"))

    assert (str(as_written.base_value), str(as_written.target_value)) == ("1.50", "6.0")
    assert counts(printed) == "Knoten: 0 neu, 0 geändert, 8 unverändert."
    assert str(OperationalGoal.objects.get(uid=uid(8)).target_value) == "6"
