"""Ordering that passages be blackened, as two people do it in the administration."""

import pytest
from django.test import Client

from strategy.editions.actions import freeze
from strategy.editions.redaction.orders import RedactionOrder, RedactionPassage
from strategy.tree.models import Node
from tests.editing.people import browser_of, person

pytestmark = pytest.mark.django_db
NEW = "/verwaltung/schwaerzungen/neu/"
ORDER = {"reference": "7 K 12/26", "basis": "erasure", "ordered_on": "2026-11-03", "words": "Mustermann"}


@pytest.fixture
def erika(nodes: dict[str, Node]) -> Client:
    """She works in the coordination; a name stands in the edition and in the working tree."""
    Node.objects.filter(kind="measure").update(text="Herr Mustermann sagt zu.")
    freeze(slug="erste", title="Erste")
    return browser_of(person("Koordinationsstelle", name="erika"))


@pytest.fixture
def otto() -> Client:
    return browser_of(person("Koordinationsstelle", name="otto"))


def page(browser: Client, address: str) -> str:
    return browser.get(address, follow=True).content.decode()


def recorded(browser: Client, **values: str) -> str:
    """The address of the order that was recorded."""
    response = browser.post(NEW, {**ORDER, **values})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def decide(browser: Client, address: str, **button: str) -> str:
    """Press a button on the page of an order, as somebody does who has it open."""
    seen = page(browser, address).partition('name="seen" value="')[2].partition('"')[0]
    return browser.post(f"{address}entscheiden/", {"seen": seen, **button}, follow=True).content.decode()


def test_an_order_shows_every_place_and_what_is_to_be_changed_by_hand(erika: Client):
    text = page(erika, recorded(erika))

    assert "Die Anordnung ist erfasst." in text
    measures = RedactionPassage.objects.count()
    assert measures == Node.objects.filter(kind="measure").count() > 0
    assert text.count("Text: „Mustermann“") == measures
    assert "Was von Hand zu ändern ist" in text
    measure = Node.objects.filter(kind="measure").first()
    assert measure
    assert f'<li>Knoten: <a href="/verwaltung/strategy/node/{measure.pk}/change/">' in text


def test_two_people_order_it_and_only_the_second_confirms(erika: Client, otto: Client):
    address = recorded(erika)

    assert "Eine zweite Person mit demselben Recht" in page(erika, address)
    assert 'name="confirm"' not in page(erika, address)
    assert "selbst erfasst" in decide(erika, address, confirm="1")

    text = decide(otto, address, confirm="1")

    assert "Bestätigt. Jetzt kann sie auf dem Server ausgeführt werden." in text
    assert f"manage.py redact_editions {RedactionOrder.objects.get().pk}" in text
    assert "bestätigt, nicht ausgeführt" in page(erika, "/verwaltung/schwaerzungen/")


def test_a_passage_stays_when_somebody_says_so(erika: Client, otto: Client):
    recorded(erika)
    passage = RedactionPassage.objects.first()
    assert passage

    text = erika.post(
        f"/verwaltung/schwaerzungen/stelle/{passage.pk}/", {"stays": "1"}, follow=True
    ).content.decode()

    assert f"<s>{passage.place}</s>" in text
    assert "Doch schwärzen" in text


def test_what_was_typed_wrong_is_said_and_stays_typed(erika: Client):
    text = erika.post(NEW, {**ORDER, "words": "Musterfrau", "ordered_on": "2999-01-01"}).content.decode()

    assert "Dieser Tag liegt in der Zukunft." in text
    assert "Musterfrau</textarea>" in text
    assert "steht in keiner Fassung" in erika.post(NEW, {**ORDER, "words": "Musterfrau"}).content.decode()
    assert not RedactionOrder.objects.exists()


def test_an_order_is_withdrawn_with_its_words(erika: Client):
    text = decide(erika, recorded(erika), withdraw="1")

    assert "Die Anordnung ist zurückgezogen." in text
    assert not RedactionPassage.objects.exists()


def test_two_buttons_at_once_are_refused(erika: Client, otto: Client):
    address = recorded(erika)

    response = otto.post(f"{address}entscheiden/", {"confirm": "1", "withdraw": "1"})

    assert response.status_code == 400
    assert RedactionOrder.objects.get().is_open


def test_the_list_of_editions_leads_there_for_those_who_may(erika: Client, editor: Client):
    link = 'href="/verwaltung/schwaerzungen/"'

    assert link in page(erika, "/verwaltung/fassungsliste/")
    assert link not in page(editor, "/verwaltung/fassungsliste/")
    assert editor.get("/verwaltung/schwaerzungen/").status_code == 403
