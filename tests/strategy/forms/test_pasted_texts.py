"""Texts pasted from Word: all that cannot be printed is named at once; a button cleans it and saves nothing yet."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from editing.models import Proposal, Remark
from strategy.editions.models import Edition
from tests.editing.pages import text_of
from tests.factories import ResolutionFactory
from tests.opened_form import opened
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

WORD = "\uf0b7\tMaß\u00adnahme\u2028\uf0b7\tÖffent\u00adlich 🌳"
CLEAN = "• Maßnahme\r\n• Öffentlich 🌳"
BUTTON = 'name="_zeichen_bereinigen"'


@pytest.fixture
def browser(client: Client) -> Client:
    """Logged in with every right."""
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


@pytest.fixture
def node(browser: Client) -> Any:
    return plant("chapter Vorwort", Vorwort={"text": "Alt."})["Vorwort"]


def sent(browser: Client, address: str, **typed: str) -> str:
    """What is read after the form at this address was sent as it opened, but for what was typed."""
    return cleaned(browser, address, browser.get(address).content.decode(), **typed)


def cleaned(browser: Client, address: str, page: str, **typed: str) -> str:
    """What is read after a page's form was sent; `typed` names buttons too."""
    return browser.post(address, opened(page) | typed, follow=True).content.decode()


def form_of(node: Any) -> str:
    return f"/verwaltung/themes/chapter/{node.pk}/change/"


def test_refusal_names_all_characters_and_keeps_what_was_typed(browser: Client, node: Any):
    page = sent(browser, form_of(node), text=WORD)

    said = text_of(page)
    for name in ("U+F0B7", "U+0009, Tabulator", "U+00AD, weiches Trennzeichen", "U+2028", "„🌳“ (U+1F333)"):
        assert name in said
    assert opened(page)["text"] == WORD
    assert BUTTON in page[page.index('id="chapter_form"') :].partition("</form>")[0]
    assert "Zeichen bereinigen (speichert noch nichts)" in said
    assert saved()["Vorwort"].text == "Alt."


def test_button_cleans_says_what_it_did_and_saves_nothing(browser: Client, node: Any):
    refused = sent(browser, form_of(node), text=WORD, title="Vor\u202fwort")

    page = cleaned(browser, form_of(node), refused, _zeichen_bereinigen="1")

    said = text_of(page)
    assert "Bereinigt und noch nicht gespeichert: Titel: 1 × schmales geschütztes Leerzeichen" in said
    assert "Text: 2 × Aufzählungszeichen durch „•“ ersetzt, 2 × Tabulator" in said
    assert (opened(page)["text"], opened(page)["title"]) == (CLEAN, "Vor\u00a0wort")
    assert "Zeile 2, Zeichen 14: Das Zeichen „🌳“" in said and BUTTON not in page
    assert saved()["Vorwort"].text == "Alt."

    cleaned(browser, form_of(node), page, text=CLEAN.replace(" 🌳", ""))
    assert saved()["Vor\u00a0wort"].text == "• Maßnahme\n• Öffentlich"


def test_button_saves_nothing_where_there_is_nothing_to_clean(browser: Client, node: Any):
    page = sent(browser, form_of(node), text="Neu.", _zeichen_bereinigen="1")

    assert "Noch ist nichts gespeichert." in text_of(page)
    assert opened(page)["text"] == "Neu."
    assert saved()["Vorwort"].text == "Alt."


def test_refusal_offers_nothing_where_the_table_holds_none_of_the_characters(browser: Client, node: Any):
    page = sent(browser, form_of(node), text="🌳")

    assert "U+1F333" in text_of(page) and BUTTON not in page


def test_new_node_is_not_added_by_cleaning(browser: Client, node: Any):
    page = sent(
        browser, "/verwaltung/themes/chapter/add/", title="Neu\u00ad", text=WORD, _zeichen_bereinigen="1"
    )

    assert opened(page)["title"] == "Neu"
    assert [*saved()] == ["Vorwort"]


def test_proposal_and_remark_are_cleaned_and_not_made(browser: Client, node: Any):
    for name in ("vorschlagen", "anmerkungen"):
        address = f"/verwaltung/knoten/{node.uid}/{name}/"
        refused = sent(browser, address, text=WORD)
        page = cleaned(browser, address, refused, _zeichen_bereinigen="1")

        assert BUTTON in refused and opened(page)["text"] == CLEAN
        assert "noch nicht gespeichert" in text_of(page)
    assert not Proposal.objects.exists() and not Remark.objects.exists()


def test_proposal_is_not_decided_by_cleaning_the_answer(browser: Client, node: Any):
    address = f"/verwaltung/knoten/{node.uid}/vorschlagen/"
    sent(browser, address, text="Neu.", reason="Antrag")
    address = f"/verwaltung/vorschlaege/{Proposal.objects.get().pk}/"
    refused = sent(browser, address, answer="Nein\u00ad danke", decline="1")

    page = cleaned(browser, address, refused, _zeichen_bereinigen="1", decline="1")

    assert BUTTON in refused and opened(page)["answer"] == "Nein danke"
    assert Proposal.objects.get().state == Proposal.State.OPEN


def test_freezing_is_not_done_by_cleaning(browser: Client, node: Any):
    address = "/verwaltung/einfrieren/"
    refused = sent(browser, address, title="Zweite\u200b Fassung", slug="zwei", freeze="1")

    page = cleaned(browser, address, refused, _zeichen_bereinigen="1")

    assert BUTTON in refused and opened(page)["title"] == "Zweite Fassung"
    assert not Edition.objects.exists()


def test_form_of_the_council_is_cleaned(browser: Client):
    resolution = ResolutionFactory()
    address = f"/verwaltung/council/resolution/{resolution.pk}/change/"

    refused = sent(browser, address, text=WORD)
    page = cleaned(browser, address, refused, _zeichen_bereinigen="1")

    assert BUTTON in refused and opened(page)["text"] == CLEAN
    before = resolution.text
    resolution.refresh_from_db()
    assert resolution.text == before


def test_row_below_another_is_cleaned_and_the_form_above_says_that_nothing_is_saved(browser: Client):
    resolution = ResolutionFactory()
    address = f"/verwaltung/council/resolution/{resolution.pk}/change/"
    row = {"groups-TOTAL_FORMS": "1", "groups-0-name": "Frak\u00adtion", "groups-0-votes_for": "1"}

    page = sent(browser, address, **row, _zeichen_bereinigen="1")

    assert opened(page)["groups-0-name"] == "Fraktion"
    assert "1 × weiches Trennzeichen entfernt" in text_of(page)
    assert "Noch ist nichts gespeichert." in text_of(page)
    assert not resolution.groups.exists()
