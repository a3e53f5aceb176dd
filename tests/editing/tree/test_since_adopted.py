"""The tree says of each entry whether the council adopted it so, and can be narrowed to what is new or changed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from measures.models import Measure
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.restoring import restore
from strategy.tree.models import Node
from tests.editing.tree.tree_pages import get, titles
from tests.factories import StrategyFactory
from tests.strategy.history.adopted import adopt

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(nodes) -> dict[str, Node]:
    """A tree that the council adopted, and in which one entry each was changed, moved, added, and taken away since."""
    StrategyFactory()
    adopt()
    reason = "Der Rat hat es so gewollt."
    node_actions.change(nodes["Garten"], content={"text": "Mit Beeten."}, reason=reason)
    node_actions.move(nodes["Umbau"], target=nodes["Bäume"], pos="last-child", reason=reason)
    node_actions.delete(nodes["Kitas"], reason=reason)
    node_actions.add(kind="measure", content={"title": "Teich"}, parent=nodes["Bäume"])
    return {node.title: node for node in Node.objects.all()}


def states(page: str) -> dict[str, str]:
    """What the page says of each entry, by its title without a code."""
    found = re.findall(
        r'<a class="node__title".*?>(?:<span.*?</span> )?([^<]+)</a>.*?<span class="since.*?>(.*?)<', page
    )
    return dict(found)


def test_tree_without_a_decision_says_nothing_of_one(editor: Client, nodes):
    page = get(editor)

    assert "since" not in page
    assert 'name="seit"' not in page


def test_every_entry_says_what_became_of_it(editor: Client, changed):
    page = get(editor, f"?alle={changed['Bildung'].pk}.{changed['Ökologie'].pk}")

    said = states(page)
    assert said.pop("Garten") == "geändert seit Beschluss"
    assert said.pop("Umbau") == "geändert seit Beschluss"
    assert said.pop("Teich") == "neu seit Beschluss"
    assert set(said.values()) == {"beschlossen"}
    assert {"Bildung", "Kurse", "Bäume"} <= said.keys()


def test_what_is_gone_is_named(editor: Client, changed):
    page = get(editor)

    assert re.search(r"1 Eintrag der beschlossenen Fassung „[^“]+“ steht hier nicht mehr", page)
    assert "<li>1.2 Kitas</li>" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("geaendert", ["Garten", "Umbau"]), ("neu", ["Teich"]), ("neu&q=garten", []), ("unsinn", None)],
)
def test_tree_can_be_narrowed_to_it(editor: Client, changed, asked: str, found: list[str] | None):
    page = get(editor, f"?seit={asked}")

    if found is None:
        assert "Bildung" in [title.partition(" ")[2] for title in titles(page)]
    else:
        assert [title.partition(" ")[2] for title in titles(page)] == found


def test_next_change_is_seen_at_once(editor: Client, changed):
    get(editor)

    node_actions.change(changed["Kurse"], content={"text": "Neu."}, reason="So beschlossen.")

    assert states(get(editor, "?q=Kurse"))["Kurse"] == "geändert seit Beschluss"


def test_change_that_is_taken_back_is_none(editor: Client, changed):
    record = HistoryRecord.objects.filter(uid=changed["Garten"].uid).latest("pk")
    restore(record, reason="Doch nicht.")

    assert states(get(editor, "?q=Garten"))["Garten"] == "beschlossen"


def test_number_of_queries_does_not_grow(editor: Client, changed):
    get(editor)
    counts = []
    for more in (1, 20):
        for number in range(more):
            Node.objects.add_child(
                Node.objects.get(title="Bäume"), instance=Measure(title=f"Mehr {more} {number}")
            )
        with CaptureQueriesContext(connection) as queries:
            get(editor, f"?alle={changed['Ökologie'].pk}")
        counts.append(len(queries))

    assert counts[0] == counts[1]
