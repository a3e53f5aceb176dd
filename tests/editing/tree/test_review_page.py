"""The button that sets a node to agreed: only for what stood on the page."""

import re

import pytest
from django.test import Client

from strategy.history import node_actions
from strategy.history.models import HistoryRecord, mark_of
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant, saved

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
    return plant(TREE, Garten={"review": Review.OPEN, "text": "Alt."})


def pages(node) -> list[str]:
    """The addresses of pages on which the button stands."""
    return [
        f"/verwaltung/measures/measure/{node.pk}/change/",
        f"/verwaltung/knoten/{node.uid}/anmerkungen/",
        f"/verwaltung/knoten/{node.uid}/herkunft/",
    ]


def seen(client: Client, address: str) -> str:
    return re.findall(r'name="gesehen" value="([^"]+)"', client.get(address).content.decode())[0]


def agree(client: Client, node, mark: str) -> str:
    sent = {"stand": "agreed", "gesehen": mark}
    return client.post(f"/verwaltung/baum/{node.pk}/stand/", sent, follow=True).content.decode()


@pytest.mark.parametrize("page", [0, 1, 2], ids=["form", "remarks", "origins"])
def test_text_that_was_saved_meanwhile_is_not_agreed(editor: Client, nodes, page: int):
    mark = seen(editor, pages(nodes["Garten"])[page])
    karla = person("Koordinationsstelle", name="Karla")
    node_actions.change(nodes["Garten"], content={"text": "Karlas Text."}, by=karla)

    answer = agree(editor, nodes["Garten"], mark)

    assert saved()["Garten"].review == "open"
    assert HistoryRecord.objects.filter(action="reviewed").count() == 0
    assert "„Garten“ wurde geändert, nachdem Sie diese Seite geöffnet haben" in text_of(answer)
    assert f'<a href="/verwaltung/knoten/{nodes["Garten"].uid}/verlauf/">Was sich geändert hat</a>' in answer
    assert "Karlas Text.</textarea>" in answer


@pytest.mark.parametrize("page", [0, 1, 2], ids=["form", "remarks", "origins"])
def test_what_was_seen_is_agreed(editor: Client, nodes, page: int):
    answer = agree(editor, nodes["Garten"], seen(editor, pages(nodes["Garten"])[page]))

    assert saved()["Garten"].review == "agreed"
    assert "„Garten“: abgestimmt." in text_of(answer)


def test_after_the_refusal_the_new_text_can_be_agreed(editor: Client, nodes):
    mark = seen(editor, pages(nodes["Garten"])[0])
    node_actions.change(nodes["Garten"], content={"text": "Karlas Text."})
    agree(editor, nodes["Garten"], mark)

    agree(editor, nodes["Garten"], seen(editor, pages(nodes["Garten"])[0]))

    assert saved()["Garten"].review == "agreed"


@pytest.mark.parametrize("mark", ["", "1", "1.99999", "<script>"])
def test_button_that_does_not_say_what_was_seen_sets_nothing(editor: Client, nodes, mark: str):
    agree(editor, nodes["Garten"], mark)

    assert saved()["Garten"].review == "open"


def test_title_is_shown_as_text_in_the_refusal(editor: Client, nodes):
    node_actions.change(nodes["Garten"], content={"title": "<b>Beete</b>"})

    answer = agree(editor, nodes["Garten"], "1.0")

    assert "„&lt;b&gt;Beete&lt;/b&gt;“ wurde geändert" in answer


def test_delegate_agrees_on_what_is_up_for_agreement_and_sets_nothing_else(nodes):
    client = browser_of(person("Delegierte"))
    garten, kurse = nodes["Garten"], nodes["Kurse"]
    offered = [offers(client, pages(node)[0]) for node in (garten, kurse)]

    agree(client, garten, seen(client, pages(garten)[0]))
    draft = client.post(f"/verwaltung/baum/{kurse.pk}/stand/", {"stand": "agreed", "gesehen": mark_of(kurse)})
    back = client.post(f"/verwaltung/baum/{garten.pk}/stand/", {"stand": "open", "gesehen": mark_of(garten)})

    assert offered == [["agreed"], []]
    assert (draft.status_code, back.status_code) == (403, 403)
    assert (saved()["Garten"].review, saved()["Kurse"].review) == ("agreed", "draft")


def offers(client: Client, address: str) -> list[str]:
    return re.findall(r'name="stand" value="(\w+)"', client.get(address).content.decode())
