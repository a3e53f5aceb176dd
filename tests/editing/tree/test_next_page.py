"""“Save, and next”, and the button that copies: where they lead, and what they leave alone."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.history import node_actions
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import MeasureFactory
from tests.opened_form import opened
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      operational_goal Räume
        measure Kurse
        measure Labor
theme Ökologie
  guideline Grün
    strategic_goal Bäume
      measure Allee
"""


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant(TREE, Kurse={"review": Review.AGREED})


def form(node: Node, filter_query: str = "") -> str:
    query = f"?{urlencode({'auswahl': filter_query})}" if filter_query else ""
    return f"/verwaltung/measures/measure/{node.pk}/change/{query}"


def saved_and_on(client: Client, address: str, **typed: str) -> Any:
    """The page after a form was saved with the button that goes on."""
    sent = {**opened(client.get(address).content.decode()), **typed, "_next": "weiter"}
    return client.post(address, sent, follow=True)


def heading(response: Any) -> str:
    return text_of(response.content.decode().split("<h1>")[1].split("</h1>")[0]).strip()


def test_button_saves_and_opens_the_next_measure_in_the_order_of_the_tree(editor: Client, nodes):
    order = [heading(saved_and_on(editor, form(nodes[title]))) for title in ("Garten", "Kurse", "Labor")]

    assert order == ["Kurse", "Labor", "Allee"]


def test_what_was_typed_is_saved_and_said_on_the_next_page(editor: Client, nodes):
    page = saved_and_on(editor, form(nodes["Garten"]), text="Neu.")

    assert saved()["Garten"].text == "Neu."
    assert "„ Garten “ ist gespeichert." in text_of(page.content.decode())


def test_next_goal_is_a_goal_of_the_same_level(editor: Client, nodes):
    address = f"/verwaltung/goals/strategicgoal/{nodes['Schulen'].pk}/change/"

    assert "Speichern und nächstes Ziel" in editor.get(address).content.decode()
    assert heading(saved_and_on(editor, address)) == "Bäume"


def test_after_the_last_one_comes_the_tree(editor: Client, nodes):
    page = saved_and_on(editor, form(nodes["Allee"]))

    assert "„2.1.0.1 Allee“ ist hier der letzte Eintrag." in text_of(page.content.decode())
    assert page.redirect_chain[-1][0].endswith(f"?zeige={nodes['Allee'].pk}#k{nodes['Allee'].pk}")


def test_form_of_a_filtered_tree_goes_on_within_the_filter(editor: Client, nodes):
    page = editor.get(f"{tree(editor)}?stand=draft&ebene=measure").content.decode()
    assert f'href="{form(nodes["Garten"], "ebene=measure&stand=draft")}"' in page

    following = saved_and_on(editor, form(nodes["Garten"], "ebene=measure&stand=draft"))

    assert heading(following) == "Labor"  # “Kurse” is agreed
    assert parse_qs(urlsplit(following.redirect_chain[-1][0]).query) == {
        "auswahl": ["ebene=measure&stand=draft"]
    }


def tree(client: Client) -> str:
    """The address of the tree page, as the form of a node leads back to it."""
    node = Node.objects.get(title="Garten")
    sent = opened(client.get(form(node)).content.decode())
    return client.post(form(node), sent).headers["Location"].split("?")[0]


def test_saving_leads_back_to_the_filtered_tree(editor: Client, nodes):
    address = form(nodes["Garten"], "stand=draft")

    response = editor.post(address, opened(editor.get(address).content.decode()))

    assert response.headers["Location"] == f"{tree(editor)}?stand=draft#k{nodes['Garten'].pk}"


def of_list(node: Node, filters: str) -> str:
    return f"{form(node)}?{urlencode({'_changelist_filters': filters})}"


def test_form_of_a_list_goes_on_in_that_list_and_back_to_it(editor: Client, nodes):
    address = of_list(nodes["Garten"], "review__exact=draft")
    sent = opened(editor.get(address).content.decode())

    following = saved_and_on(editor, address)
    back = editor.post(address, sent)

    assert heading(following) == "Labor"  # “Kurse” is agreed
    assert back.headers["Location"] == "/verwaltung/measures/measure/?review__exact=draft"


def test_list_is_gone_through_in_its_own_order(editor: Client, nodes):
    """Sorted by title, backwards."""
    assert heading(saved_and_on(editor, of_list(nodes["Labor"], "o=-0"))) == "Kurse"


def test_what_no_longer_fits_a_list_is_left_from_where_it_stands(editor: Client, nodes):
    address = of_list(nodes["Kurse"], "review__exact=agreed")

    after = saved_and_on(editor, address, text="Neu.")  # and so it is up for agreement

    assert after.redirect_chain[-1][0] == "/verwaltung/measures/measure/?review__exact=agreed"


@pytest.mark.parametrize("filters", ["p=abc", "review__exakt=1", "\0", "x" * 300])
def test_filters_of_no_list_lead_to_the_list(editor: Client, nodes, filters: str):
    assert saved_and_on(editor, of_list(nodes["Allee"], filters)).status_code == 200


@pytest.mark.parametrize("selection", ["%00", "q=" + "x" * 300, "https://b%C3%B6se.example/", "a\r\nb"])
def test_filter_that_is_none_is_left_aside(editor: Client, nodes, selection: str):
    page = saved_and_on(editor, form(nodes["Garten"], selection))

    assert (page.status_code, heading(page)) == (200, "Kurse")


def test_refused_form_stays_and_is_headed_by_the_stored_title(editor: Client, nodes):
    page = saved_and_on(editor, form(nodes["Garten"]), title="", text="Neu.")

    assert (heading(page), page.redirect_chain) == ("Garten", [])
    assert opened(page.content.decode())["text"] == "Neu."


def test_editor_of_a_theme_is_not_led_out_of_it(nodes):
    client = browser_of(person("Themenfeld-Redaktion", themes=[saved()["Bildung"]]))

    page = saved_and_on(client, form(nodes["Labor"]))

    assert "ist hier der letzte Eintrag." in text_of(page.content.decode())


def test_node_that_is_gone_leads_to_the_tree(editor: Client, nodes):
    node_actions.delete(nodes["Kurse"])

    assert editor.get(f"/verwaltung/baum/{nodes['Kurse'].pk}/weiter/").status_code == 302


def test_number_of_queries_does_not_grow_with_the_tree(editor: Client, nodes):
    address, counts = f"/verwaltung/baum/{nodes['Garten'].pk}/weiter/?auswahl=stand%3Ddraft", []
    editor.get(address)
    for _more in range(2):
        MeasureFactory()
        with CaptureQueriesContext(connection) as queries:
            editor.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


class TestCopy:
    def test_button_makes_a_copy_and_opens_it(self, editor: Client, nodes):
        page = editor.get(form(nodes["Garten"])).content.decode()
        address = f"/verwaltung/baum/{nodes['Garten'].pk}/kopieren/"
        assert f'action="{address}"' in page

        copy = editor.post(address, {"once": opened(page)["once"]}, follow=True)

        assert heading(copy) == "Kopie von Garten"
        assert "Bitte geben Sie ihr einen eigenen Titel" in text_of(copy.content.decode())

    def test_sent_twice_it_makes_one(self, editor: Client, nodes):
        sent = {"once": opened(editor.get(form(nodes["Garten"])).content.decode())["once"]}
        address = f"/verwaltung/baum/{nodes['Garten'].pk}/kopieren/"

        first, second = editor.post(address, sent), editor.post(address, sent)

        assert first.headers["Location"] == second.headers["Location"]
        assert Node.objects.filter(title="Kopie von Garten").count() == 1

    def test_of_what_is_gone_nothing_is_made(self, editor: Client, nodes):
        node_actions.delete(nodes["Garten"])

        page = editor.post(f"/verwaltung/baum/{nodes['Garten'].pk}/kopieren/", follow=True)

        assert "inzwischen gelöscht" in text_of(page.content.decode())
        assert not Node.objects.filter(title__startswith="Kopie").exists()

    @pytest.mark.parametrize(("role", "is_offered"), [("Koordinationsstelle", True), ("Fachbereich", False)])
    def test_only_who_may_add_is_offered_it(self, nodes, role: str, is_offered: bool):
        page = browser_of(person(role)).get(form(nodes["Garten"])).content.decode()

        assert ("/kopieren/" in page) == is_offered

    def test_goals_have_no_such_button(self, editor: Client, nodes):
        page = editor.get(f"/verwaltung/goals/operationalgoal/{nodes['Räume'].pk}/change/").content.decode()

        assert "/kopieren/" not in page
