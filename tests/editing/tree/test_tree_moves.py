"""Moving nodes on the tree page: by steps, to another parent, by dragging."""

import re
from html import unescape

import pytest
from django.test import Client

from strategy.editions.working_tree import problems
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.tree.tree_pages import TREE, get
from tests.strategy.outline import outline, tidy

pytestmark = pytest.mark.django_db


def test_step_down_and_up(editor: Client, nodes):
    down = editor.post("/verwaltung/baum/schritt/", {"runter": nodes["Garten"].pk, "auf": "1"})

    assert (
        down.headers["Location"]
        == f"/verwaltung/baum/?auf=1&zeige={nodes['Garten'].pk}#k{nodes['Garten'].pk}"
    )
    assert "measure Kurse\n      measure Garten\n" in outline()
    editor.post("/verwaltung/baum/schritt/", {"hoch": nodes["Garten"].pk})
    assert outline() == tidy(TREE)
    assert HistoryRecord.objects.count() == 2


def test_only_steps_that_are_possible_are_offered(editor: Client, nodes):
    page = get(editor, f"?um={nodes['Schulen'].pk}")

    steps = set(re.findall(r'name="(hoch|runter)" value="(\d+)"', page))
    assert ("hoch", str(nodes["Garten"].pk)) not in steps
    assert ("runter", str(nodes["Garten"].pk)) in steps
    assert ("runter", str(nodes["Kurse"].pk)) not in steps  # an operational goal comes next
    assert ("runter", str(nodes["Vorwort"].pk)) in steps  # behind the themes


def test_chapter_steps_over_all_themes(editor: Client, nodes):
    editor.post("/verwaltung/baum/schritt/", {"runter": nodes["Vorwort"].pk})

    assert outline().endswith("chapter Vorwort\n")
    assert problems() == []


def test_node_gets_another_parent_by_choosing_it(editor: Client, nodes):
    address = f"/verwaltung/baum/{nodes['Kurse'].pk}/verschieben/"

    page = editor.get(address).content.decode()
    editor.post(address, {"parent": nodes["Räume"].pk, "reason": "Passt besser"})

    offered = [unescape(each) for each in re.findall(r'<option value="\d+"[^>]*>([^<]+)', page)]
    assert offered == ["1.1 Schulen", "1.1.1 Räume", "1.2 Kitas", "2.1 Bäume"]
    assert "operational_goal Räume\n        measure Umbau\n        measure Kurse\n" in outline()
    assert HistoryRecord.objects.get().reason == "Passt besser"


def test_parent_that_is_gone_meanwhile_is_refused_with_a_sentence(editor: Client, nodes):
    address = f"/verwaltung/baum/{nodes['Kurse'].pk}/verschieben/"
    Node.objects.filter(title="Räume").delete()

    page = editor.post(address, {"parent": nodes["Räume"].pk, "reason": "Mein Grund"}).content.decode()

    assert "Bitte eine gültige Auswahl treffen" in page
    assert "Mein Grund" in page


def test_forbidden_character_in_the_reason_is_named(editor: Client, nodes):
    address = f"/verwaltung/baum/{nodes['Kurse'].pk}/verschieben/"

    page = editor.post(address, {"parent": nodes["Räume"].pk, "reason": "Weil 😀"}).content.decode()

    assert "Zeichen 6" in page
    assert HistoryRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("move", "order"),
    [
        (("Kurse", "Garten", "davor"), ["Kurse", "Garten", "Umbau"]),
        (("Garten", "Kurse", "dahinter"), ["Kurse", "Garten", "Umbau"]),
        (("Garten", "Kitas", "darunter"), ["Kurse", "Umbau", "Garten"]),
        (("Garten", "Bildung", "darunter"), ["Garten", "Kurse", "Umbau"]),
        (("Räume", "Umbau", "davor"), ["Garten", "Kurse", "Umbau"]),
    ],
)
def test_dragging_moves_where_the_level_rules_allow(editor, nodes, move, order):
    title, target, place = move
    sent = {"knoten": nodes[title].pk, "ziel": nodes[target].pk, "stelle": place}

    response = editor.post("/verwaltung/baum/ziehen/", sent, follow=True)

    is_moved = order != ["Garten", "Kurse", "Umbau"]
    assert list(Node.objects.filter(kind="measure").values_list("title", flat=True)) == order
    assert ("verschoben." in response.content.decode()) is is_moved
    assert problems() == []


@pytest.mark.parametrize("pk", ["", "abc", "0", "99999999999999999999"])
def test_step_of_no_node_is_not_found(editor: Client, nodes, pk: str):
    assert editor.post("/verwaltung/baum/schritt/", {"runter": pk}).status_code == 404
