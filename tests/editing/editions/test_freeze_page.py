"""What the freeze page shows of each node that isn't agreed, and with what its form begins."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council.freeze_actions import freeze_with_paper
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import StrategyFactory

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/einfrieren/"


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="Karla"))


def shown(client: Client, title: str) -> str:
    """What the page says of this node, as HTML."""
    page = client.get(PAGE).content.decode()
    return next(each for each in page.split('<li class="choice">')[1:] if title in each).partition("</li>")[0]


def test_what_differs_is_shown_word_by_word_with_a_link_to_the_node(office, nodes):
    node_actions.change(nodes["Garten"], content={"title": "Beete"})
    node_actions.move(nodes["Kurse"], target=nodes["Räume"], pos="last-child")

    garden, courses = shown(office, "Beete"), shown(office, "Kurse")

    assert f'<a href="/verwaltung/strategy/node/{nodes["Garten"].pk}/change/"' in garden
    assert "<details>" in garden
    assert "<del>Garten</del>" in garden and "<ins>Beete</ins>" in garden
    assert "Verschoben; es stand unter „Schulen“." in text_of(courses)


def test_node_that_was_never_agreed_or_is_as_it_was_says_so(office, nodes):
    node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Räume"])
    node_actions.set_review(nodes["Garten"], "open")

    assert "Bisher noch nie abgestimmt." in shown(office, "Labor")
    assert "Wie zuletzt abgestimmt." in shown(office, "Garten")


def test_choices_are_shown_without_the_form_being_complete(office, nodes):
    node_actions.change(nodes["Garten"], content={"title": "Beete"})

    page = office.get(PAGE).content.decode()
    again = office.post(PAGE, {"show": "1", f"wahl-{nodes['Garten'].uid}": "out"}).content.decode()

    assert re.search(r'<button [^>]*name="show" value="1" formnovalidate>', page)
    assert not re.search(r'<button [^>]*name="freeze"[^>]*formnovalidate', page)
    assert '<option value="out" selected>' in again
    assert "zwingend erforderlich" not in again


def test_title_and_remark_of_an_edition_are_not_proposed_again(office, nodes):
    StrategyFactory(edition_title="Herbst", edition_slug="herbst", edition_remark="Noch ohne Maßnahmen.")
    before = office.get(PAGE).context["form"].initial
    actions.freeze(slug="anders")
    after = office.get(PAGE).context["form"].initial

    assert [before[name] for name in ("title", "slug", "remark")] == [
        "Herbst",
        "herbst",
        "Noch ohne Maßnahmen.",
    ]
    assert [after[name] for name in ("title", "slug", "remark")] == ["", "herbst", ""]


@pytest.mark.parametrize(
    ("subtitle", "proposed"), [("Leitlinien und strategische Ziele", ""), ("Herne 2030", "Herne 2030")]
)
def test_subtitle_that_names_less_than_the_edition_holds_is_not_proposed(office, nodes, subtitle, proposed):
    StrategyFactory(subtitle=subtitle)

    page = office.get(PAGE)

    assert page.context["form"].initial["subtitle"] == proposed
    assert "wird stehen: Enthalten: " in text_of(page.content.decode())


def test_subtitle_is_that_of_the_edition_and_the_title_page_keeps_its_own(office, nodes):
    StrategyFactory(subtitle="Herne 2030")
    seen = office.get(PAGE).context["plan"].seen.fields
    office.post(
        PAGE, {**seen, "title": "Herbst", "slug": "herbst", "subtitle": "Mit Maßnahmen", "freeze": "1"}
    )

    document = library.document(Edition.objects.get())
    assert document.meta["subtitle"] == "Mit Maßnahmen"
    assert Strategy.current().subtitle == "Herne 2030"


def test_remark_of_the_title_page_is_not_that_of_another_edition(nodes):
    StrategyFactory(edition_title="Plakat", edition_slug="plakat", edition_remark="Noch ohne Maßnahmen.")

    own, other = freeze_with_paper(), freeze_with_paper(slug="neu", title="Neu")

    remarks = [library.document(each).meta["edition"]["remark"] for each in (own, other)]
    assert remarks == ["Noch ohne Maßnahmen.", ""]


def test_number_of_queries_does_not_grow_with_the_open_nodes(office, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    office.get(PAGE)
    with CaptureQueriesContext(connection) as with_one:
        office.get(PAGE)
    for title in ("Kurse", "Umbau", "Kitas"):
        node_actions.change(nodes[title], content={"text": "Neu."})
    with CaptureQueriesContext(connection) as with_four:
        office.get(PAGE)

    assert Node.objects.exclude(review="agreed").count() == 4
    assert len(with_four) == len(with_one)


def test_a_strategy_that_nobody_has_agreed_on_yet_can_be_chosen_from(office, nodes):
    node_actions.change(nodes["Garten"], content={"title": "Beete"})
    many = {f"wahl-{uuid.uuid4()}": "out" for _number in range(3000)}

    page = office.post(PAGE, {"show": "1", **many, f"wahl-{nodes['Garten'].uid}": "out"})

    assert page.status_code == 200
    assert '<option value="out" selected>' in page.content.decode()
