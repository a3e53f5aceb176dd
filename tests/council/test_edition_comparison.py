"""Choosing any two editions on the list of editions."""

import re

import pytest
from django.test import Client

from strategy.editions.actions import publish, withhold
from strategy.editions.models import Edition
from tests.editing.pages import text_of
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/fassungen/"


@pytest.fixture
def editions() -> list[Edition]:
    """Three that are shown one after the other, and one that is not public."""
    made = [EditionFactory(slug=slug, title=f"Fassung {slug}") for slug in ("eins", "zwei", "drei")]
    for edition in made:
        publish(edition)
    EditionFactory(slug="vier", title="Fassung vier")
    return made


def offered(page: str, name: str) -> tuple[list[str], list[str]]:
    """The editions that a field offers, and those of them that are selected."""
    (field,) = re.findall(rf'<select name="{name}".*?</select>', page, re.S)
    options = re.findall(r'<option value="([^"]*)"([^>]*)>', field)
    return [slug for slug, _said in options], [slug for slug, said in options if "selected" in said]


def test_form_offers_all_that_can_be_read_and_suggests_the_newest(
    client: Client, editions: list[Edition]
) -> None:
    page = client.get(ADDRESS).content.decode()

    assert offered(page, "alt") == (["drei", "zwei", "eins"], ["zwei"])
    assert offered(page, "neu") == (["drei", "zwei", "eins"], ["drei"])
    assert '<form class="panel comparison" id="vergleich" method="get" action="/fassungen/"' in page
    assert "csrf" not in page


@pytest.mark.parametrize(("old", "new"), [("eins", "drei"), ("drei", "eins")])
def test_choice_leads_to_the_synopse_with_the_older_one_first(
    client: Client, editions: list[Edition], old: str, new: str
) -> None:
    answer = client.get(ADDRESS, {"alt": old, "neu": new})

    assert (answer.status_code, answer["Location"]) == (302, "/fassungen/eins/synopse/drei/")
    assert not answer.cookies


def test_same_edition_twice_is_answered_with_a_sentence(client: Client, editions: list[Edition]) -> None:
    answer = client.get(ADDRESS, {"alt": "eins", "neu": "eins"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Neue Fassung Fehler: Bitte wählen Sie zwei verschiedene Fassungen." in text_of(page)
    assert "<title>Fehler: Alle Fassungen" in page
    assert (offered(page, "alt")[1], offered(page, "neu")[1]) == (["eins"], ["eins"])
    assert 'aria-describedby="id_neu_error"' in page


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "vier", "<script>", "\0", "x" * 3000])
def test_unknown_edition_is_answered_with_a_sentence_and_the_other_one_kept(
    client: Client, editions: list[Edition], slug: str
) -> None:
    answer = client.get(ADDRESS, {"alt": "eins", "neu": slug})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Fehler: Diese Fassung gibt es hier nicht. Bitte wählen Sie eine aus der Liste." in text_of(page)
    assert offered(page, "alt")[1] == ["eins"]
    assert "<script>" not in page


@pytest.mark.parametrize("given", [{"alt": "eins"}, {"neu": "eins"}, {"alt": "", "neu": "eins"}])
def test_choice_of_one_alone_asks_for_the_other(
    client: Client, editions: list[Edition], given: dict[str, str]
) -> None:
    answer = client.get(ADDRESS, given)

    assert answer.status_code == 200
    assert "Fehler: Dieses Feld ist zwingend erforderlich." in text_of(answer.content.decode())


def test_withheld_edition_is_neither_offered_nor_taken(client: Client, editions: list[Edition]) -> None:
    withhold(editions[0], reason="Wird geprüft.")

    page = client.get(ADDRESS).content.decode()
    answer = client.get(ADDRESS, {"alt": "eins", "neu": "drei"})

    assert offered(page, "alt")[0] == ["drei", "zwei"]
    assert "Diese Fassung gibt es hier nicht." in answer.content.decode()


def test_single_edition_has_no_form(client: Client) -> None:
    publish(EditionFactory(slug="eins"))

    for query in ({}, {"alt": "eins", "neu": "eins"}):
        answer = client.get(ADDRESS, query)

        assert answer.status_code == 200
        assert "<form" not in answer.content.decode()


def test_other_queries_change_nothing(client: Client, editions: list[Edition]) -> None:
    answer = client.get(ADDRESS, {"umfang": "kurz"})

    assert answer.status_code == 200
    assert "Fehler:" not in answer.content.decode()


def test_synopse_leads_to_the_choice(client: Client, editions: list[Edition]) -> None:
    page = client.get("/fassungen/eins/synopse/drei/").content.decode()

    assert '<a href="/fassungen/#vergleich">Andere Fassungen vergleichen</a>' in page
    assert 'id="vergleich"' in client.get(ADDRESS).content.decode()
