"""The page that asks before a node is deleted: it says what else changes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.opened_form import confirmed
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
theme Klima
  guideline Wärme
    strategic_goal Energie
"""


@pytest.fixture
def nodes():
    found = plant(TREE, Schulen={"review": Review.AGREED})
    found["Schulen"].also_serves.set([found["Klima"]])
    found["Energie"].also_serves.set([found["Klima"]])
    return found


def address(node) -> str:
    return f"/verwaltung/themes/theme/{node.pk}/delete/"


def test_page_lists_what_names_the_theme_and_whose_responsibility_ends(editor: Client, nodes):
    tina = person("Themenfeld-Redaktion", themes=[nodes["Klima"]], name="tina")
    tina.first_name, tina.last_name = "Tina", "Tal"
    tina.save()
    person("Themenfeld-Redaktion", themes=[nodes["Bildung"]], name="bernd")

    said = text_of(editor.get(address(nodes["Klima"])).content.decode())

    naming = said.split("Was darauf verweist")[1].split("Zuständigkeiten, die enden")
    assert "Strategisches Ziel: Schulen (dient auch), abgestimmt" in naming[0]
    assert "ist damit wieder zur Abstimmung" in naming[0]
    assert "Energie" not in naming[0]
    assert "Tina Tal" in naming[1]
    assert "bernd" not in naming[1]


def test_page_of_what_nobody_names_says_nothing_of_others(editor: Client, nodes):
    said = text_of(editor.get(address(nodes["Bildung"])).content.decode())

    assert "Was darauf verweist" not in said
    assert "Zuständigkeiten" not in said


def test_confirmed_deletion_changes_what_was_listed(nodes):
    erika = browser_of(person("Steuerungsgruppe", name="Erika"))

    confirmed(erika, address(nodes["Klima"]), reason="Doppelt")

    changed = HistoryRecord.objects.get(action="changed")
    assert (changed.title, changed.by.username, changed.reason) == ("Schulen", "Erika", "Doppelt")
    assert (list(saved()["Schulen"].also_serves.all()), saved()["Schulen"].review) == ([], "open")


def test_number_of_queries_grows_only_with_what_names_the_node(editor: Client, nodes):
    counts = []
    for more in (1, 20):
        for number in range(more):
            node_actions.add(
                kind="strategic_goal", content={"title": f"Mehr {more} {number}"}, parent=nodes["Wärme"]
            )
        editor.get(address(nodes["Klima"]))
        with CaptureQueriesContext(connection) as queries:
            editor.get(address(nodes["Klima"]))
        counts.append(len(queries))

    assert counts[0] == counts[1]
