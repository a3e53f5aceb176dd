"""What the council has adopted moves only with a reason: by steps, by dragging, by choosing a parent."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tree.tree_pages import TREE
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import outline, saved, tidy

pytestmark = pytest.mark.django_db

STEP, DRAG = "/verwaltung/baum/schritt/", "/verwaltung/baum/ziehen/"


@pytest.fixture
def adopted(nodes):
    adopt()
    return nodes


def move_page(node: Node) -> str:
    return f"/verwaltung/baum/{node.pk}/verschieben/"


@pytest.mark.parametrize(
    ("asking", "place", "sentence"),
    [
        ((STEP, {"runter": "Garten"}), ("Kurse", "dahinter"), "„1.1.0.1 Garten“ kommt hinter „Kurse“"),
        ((STEP, {"hoch": "Kurse"}), ("Garten", "davor"), "„1.1.0.2 Kurse“ kommt vor „Garten“"),
        (
            (DRAG, {"knoten": "Garten", "ziel": "Kitas", "stelle": "darunter"}),
            ("Kitas", "darunter"),
            "„1.1.0.1 Garten“ kommt unter „Kitas“",
        ),
        ((STEP, {"runter": "Vorwort"}), ("Ökologie", "dahinter"), "„Vorwort“ kommt hinter „Ökologie“"),
    ],
    ids=["down", "up", "drag", "chapter"],
)
def test_step_and_dragging_lead_to_the_page_that_asks_why(editor, adopted, asking, place, sentence):
    address, sent = asking
    data = {name: adopted[title].pk if title in adopted else title for name, title in sent.items()}

    asked = editor.post(address, {**data, "auf": "1"}).headers["Location"]
    page = editor.get(asked).content.decode()
    then = outline()
    done = editor.post(asked, {"reason": "Wichtiger"})

    target, where = place
    node = next(adopted[title] for title in sent.values() if title in adopted)
    query = {name: value[0] for name, value in parse_qs(urlsplit(asked).query).items()}
    assert (urlsplit(asked).path, query) == (
        move_page(node),
        {"ziel": str(adopted[target].pk), "stelle": where, "auf": "1"},
    )
    assert sentence in text_of(page)
    assert "Diesen Knoten hat der Rat an seinem Platz beschlossen" in text_of(page)
    assert re.search(r'<input[^>]*name="reason"[^>]* required', page)
    assert then == tidy(TREE)
    assert done.headers["Location"] == f"/verwaltung/baum/?auf=1&zeige={node.pk}#k{node.pk}"
    record = HistoryRecord.objects.get()
    assert (record.action, record.title, record.reason) == ("moved", node.title, "Wichtiger")
    assert outline() != tidy(TREE)


@pytest.mark.parametrize("query", ["", "?ziel={kurse}&stelle=dahinter"], ids=["parent", "place"])
def test_move_without_the_reason_is_refused(editor: Client, adopted, query: str):
    address = move_page(adopted["Garten"]) + query.format(kurse=adopted["Kurse"].pk)

    page = editor.post(address, {"parent": adopted["Kitas"].pk, "reason": "  "}).content.decode()

    assert "Dieses Feld ist zwingend erforderlich." in page
    assert (outline(), HistoryRecord.objects.count()) == (tidy(TREE), 0)


def test_other_parent_with_the_reason(editor: Client, adopted):
    editor.post(move_page(adopted["Garten"]), {"parent": adopted["Kitas"].pk, "reason": "Passt besser"})

    record = HistoryRecord.objects.get()
    assert (record.after["above"], record.reason) == ("Kitas", "Passt besser")


def test_what_was_not_adopted_moves_at_once(editor: Client, adopted):
    new = node_actions.add(kind="measure", content={"title": "Labor"}, parent=adopted["Schulen"])

    response = editor.post(STEP, {"hoch": new.pk})
    page = editor.get(move_page(new)).content.decode()

    assert response.headers["Location"] == f"/verwaltung/baum/?zeige={new.pk}#k{new.pk}"
    assert "measure Labor\n      measure Kurse\n" in outline()
    assert not re.search(r'<input[^>]*name="reason"[^>]* required', page)
    assert "Diesen Knoten hat der Rat" not in page


def test_place_that_the_levels_forbid_is_refused_before_anybody_asks_why(editor: Client, adopted):
    sent = {"knoten": adopted["Garten"].pk, "ziel": adopted["Bildung"].pk, "stelle": "darunter"}

    response = editor.post(DRAG, sent, follow=True)

    assert "kann nicht direkt unter" in text_of(response.content.decode())
    assert response.redirect_chain[0][0].startswith("/verwaltung/baum/?")
    assert outline() == tidy(TREE)


def test_place_that_is_forbidden_by_now_is_a_sentence_on_the_page(editor: Client, adopted):
    address = f"{move_page(adopted['Garten'])}?ziel={adopted['Räume'].pk}&stelle=dahinter"

    page = editor.post(address, {"reason": "Mein Grund"}).content.decode()

    assert "Dieser Platz ist nicht möglich" in text_of(page)
    assert "Mein Grund" in page


@pytest.mark.parametrize("query", ["?ziel={gone}&stelle=davor", "?ziel=x&stelle=davor", "?stelle=davor"])
def test_place_that_is_gone_leaves_the_choice_of_a_parent_and_what_was_typed(editor, adopted, query: str):
    address = move_page(adopted["Garten"]) + query.format(gone=adopted["Kurse"].pk)
    Node.objects.filter(pk=adopted["Kurse"].pk).delete()

    page = editor.post(address, {"reason": "Mein Grund"}).content.decode()

    assert '<select name="parent"' in page
    assert "Mein Grund" in page
    assert HistoryRecord.objects.count() == 0


def test_place_in_a_theme_of_somebody_else_is_forbidden(adopted):
    theirs = browser_of(person("Themenfeld-Redaktion", themes=[saved()["Bildung"]]))
    query = f"?ziel={adopted['Bäume'].pk}&stelle=darunter"

    response = theirs.post(move_page(adopted["Garten"]) + query, {"reason": "Grund"})

    assert (response.status_code, outline()) == (403, tidy(TREE))


def test_moved_node_that_was_agreed_says_that_it_no_longer_is(editor: Client, nodes):
    sentence = "„Garten“ war abgestimmt und ist damit wieder zur Abstimmung."

    first = editor.post(STEP, {"runter": nodes["Garten"].pk}, follow=True)
    again = editor.post(STEP, {"hoch": nodes["Garten"].pk}, follow=True)
    listed = editor.post(move_page(nodes["Kurse"]), {"parent": nodes["Kitas"].pk}, follow=True)

    assert sentence in text_of(first.content.decode())
    assert "wieder zur Abstimmung" not in text_of(again.content.decode())
    assert sentence.replace("Garten", "Kurse") in text_of(listed.content.decode())
