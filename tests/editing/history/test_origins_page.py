"""The page on which editors say what a node came from."""

import re
import uuid

import pytest
from django.test import Client

from strategy.editions import actions
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.origins import Origin
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import StrategyFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
theme Klima
  guideline Grün
    strategic_goal Bäume
      measure Linde
"""


@pytest.fixture
def nodes() -> dict[str, Node]:
    StrategyFactory()
    return plant(TREE)


def address(node: Node, query: str = "") -> str:
    return f"/verwaltung/knoten/{node.uid}/herkunft/{query}"


def offered(page: str) -> list[str]:
    """The labels of the nodes that can be ticked."""
    return [text_of(each).strip() for each in re.findall(r'<label for="aus-[^"]+">(.*?)</label>', page, re.S)]


def origins_of(node: Node) -> list[str]:
    return [each.origin_title for each in Origin.objects.of(node.uid).standing()]


def test_what_the_working_tree_has_lost_of_the_same_level_is_offered_at_first(
    editor: Client, nodes: dict[str, Node]
):
    actions.publish(actions.freeze(slug="eins", title="Fassung eins"))
    node_actions.delete(nodes["Labor"])
    node_actions.delete(nodes["Klima"])

    page = editor.get(address(nodes["Kurse"])).content.decode()

    assert offered(page) == [
        "1.1.0.3 Labor Maßnahme, zuletzt in „Fassung eins“",
        "2.1.0.1 Linde Maßnahme, zuletzt in „Fassung eins“",
    ]


def test_search_finds_by_code_and_title_but_never_the_node_itself(editor: Client, nodes: dict[str, Node]):
    by_code = editor.get(address(nodes["Kurse"], "?q=1.1.0")).content.decode()
    by_title = editor.get(address(nodes["Kurse"], "?q=linde")).content.decode()
    none = editor.get(address(nodes["Kurse"], "?q=Fehlt")).content.decode()

    assert offered(by_code) == [
        "1.1.0.1 Garten Maßnahme, im Arbeitsstand",
        "1.1.0.3 Labor Maßnahme, im Arbeitsstand",
    ]
    assert offered(by_title) == ["2.1.0.1 Linde Maßnahme, im Arbeitsstand"]
    assert offered(none) == []
    assert "Zu „Fehlt“ wurde nichts gefunden." in text_of(none)


def test_several_are_ticked_noted_and_taken_back_one_by_one(editor: Client, nodes: dict[str, Node]):
    ticked = {"aus": [str(nodes["Garten"].uid), str(nodes["Labor"].uid)], "reason": "Zusammengelegt"}

    noted = editor.post(address(nodes["Kurse"], "?q=1.1"), ticked, follow=True).content.decode()
    then = origins_of(nodes["Kurse"])
    editor.post(address(nodes["Kurse"]), {"weg": str(nodes["Garten"].uid)})

    assert then == ["Garten", "Labor"]
    assert "1.1.0.1 Garten Maßnahme, im Arbeitsstand;" in text_of(noted)
    assert "Festgehalten." in text_of(noted)
    assert "Herkunft (2)" in text_of(noted)
    assert origins_of(nodes["Kurse"]) == ["Labor"]
    assert [(each.reason, each.by.username) for each in HistoryRecord.objects.order_by("pk")] == [
        ("Zusammengelegt", "Erika"),
        ("", "Erika"),
    ]


def test_history_tells_what_was_noted(editor: Client, nodes: dict[str, Node]):
    editor.post(address(nodes["Kurse"]), {"aus": str(nodes["Labor"].uid)})

    page = text_of(editor.get(f"/verwaltung/knoten/{nodes['Kurse'].uid}/verlauf/").content.decode())

    assert "Herkunft geändert" in page
    assert "Hervorgegangen aus: nichts → „Labor“" in page


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Bitte kreuzen Sie mindestens einen Knoten an, oder lassen Sie alles, wie es ist."),
        (
            {"aus": "unsinn"},
            "Einer dieser Knoten steht weder im Arbeitsstand noch in einer öffentlichen Fassung.",
        ),
        ({"aus": str(uuid.uuid4())}, "Einer dieser Knoten steht weder im Arbeitsstand noch"),
        ({"aus": "self"}, "Ein Knoten kann nicht aus sich selbst hervorgehen."),
    ],
)
def test_bad_input_is_refused_in_a_sentence(editor: Client, nodes: dict[str, Node], posted, sentence):
    posted = {key: str(nodes["Kurse"].uid) if value == "self" else value for key, value in posted.items()}

    page = editor.post(address(nodes["Kurse"]), posted).content.decode()

    assert sentence in text_of(page)
    assert not Origin.objects.exists()


def test_what_was_ticked_and_typed_is_still_there_after_a_refusal(editor: Client, nodes: dict[str, Node]):
    posted = {"aus": [str(nodes["Linde"].uid), "unsinn"], "reason": "Weil es passt"}

    page = editor.post(address(nodes["Kurse"], "?q=garten"), posted).content.decode()

    ticked = re.findall(r'value="([^"]+)" id="aus-[^"]+" checked', page)
    assert ticked == [str(nodes["Linde"].uid)]
    assert "Weil es passt" in page
    assert "1.1.0.1 Garten Maßnahme, im Arbeitsstand" in offered(page)


def test_only_who_may_change_the_node_may_say_it(nodes: dict[str, Node]):
    of_theme = browser_of(person("Themenfeld-Redaktion", themes=[nodes["Bildung"]]))
    posted = {"aus": str(nodes["Labor"].uid)}

    own = of_theme.post(address(nodes["Kurse"]), posted)
    foreign = of_theme.post(address(nodes["Linde"]), posted)
    reader = browser_of(person("Lesen")).get(address(nodes["Kurse"]))

    assert (own.status_code, foreign.status_code, reader.status_code) == (302, 403, 403)
    assert [(each.uid, each.origin_title) for each in Origin.objects.all()] == [(nodes["Kurse"].uid, "Labor")]


def test_node_that_is_gone_has_no_page(editor: Client, nodes: dict[str, Node]):
    node_actions.delete(nodes["Labor"])

    assert editor.get(address(nodes["Labor"])).status_code == 404
