"""The main navigation says where one is, and leads to nothing that is not there."""

import re

import pytest
from django.test import Client

from strategy.pages.navigation import place
from tests.published import nodes, publish

LINK = re.compile(r'<a href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)</a>')


def navigation(page: str) -> list[tuple[str, ...]]:
    """Address, aria-current and label of each link."""
    return LINK.findall(page[page.index('aria-label="Hauptnavigation"') : page.index("</header>")])


def current(client: Client, address: str) -> list[tuple[str, str]]:
    page = client.get(address, follow=True).content.decode()
    return [(label, here) for _address, here, label in navigation(page) if here]


@pytest.mark.parametrize(
    ("path", "base", "expected"),
    [
        ("/", "/", "start page"),
        ("/massnahmen/", "/", "measures page"),
        ("/massnahmen/garten/", "/", "measures true"),
        ("/ziele/schulen/", "/", "themes true"),
        ("/fassungen/", "/", "editions page"),
        ("/fassungen/eins/", "/fassungen/eins/", "editions true"),
        ("/fassungen/eins/massnahmen/", "/fassungen/eins/", "measures page"),
        ("/fassungen/eins/druck/", "/fassungen/eins/", "editions true"),
        ("/fassungen/eins/massnahmen/", "/", "editions true"),  # of a page without a reading, such as a 410
        ("/verwaltung/vorschau/", "/verwaltung/vorschau/", ""),
        ("/verwaltung/vorschau/sdg/4/", "/verwaltung/vorschau/", "sdgs true"),
        ("/massnahmenplan/", "/", ""),
        ("/impressum/", "/", ""),
    ],
)
def test_place(path: str, base: str, expected: str) -> None:
    assert place(path, base) == expected


@pytest.mark.django_db
def test_pages_of_every_section_mark_one_link(client: Client) -> None:
    publish("eins")
    publish("zwei")
    goal, measure = (nodes(kind)[0]["slug"] for kind in ("strategic_goal", "measure"))

    assert current(client, f"/ziele/{goal}/") == [("Themenfelder", "true")]
    assert current(client, "/massnahmen/") == [("Maßnahmen", "page")]
    assert current(client, f"/massnahmen/{measure}/") == [("Maßnahmen", "true")]
    assert current(client, "/sdg/") == [("UN-Ziele", "page")]
    assert current(client, "/fassungen/") == [("Fassungen", "page")]
    assert current(client, "/fassungen/eins/") == [("Fassungen", "true")]
    assert current(client, "/fassungen/eins/sdg/4/") == [("UN-Ziele", "true")]
    assert current(client, "/leichte-sprache/") == [("Leichte Sprache", "page")]
    assert current(client, "/impressum/") == []


@pytest.mark.django_db
def test_start_page_is_where_the_name_of_the_portal_leads(client: Client) -> None:
    publish()

    assert '<a class="brand" href="/" aria-current="page">' in client.get("/").content.decode()
    assert '<a class="brand" href="/">' in client.get("/massnahmen/").content.decode()


@pytest.mark.django_db
def test_navigation_stays_within_an_edition(client: Client) -> None:
    publish("eins")
    publish("zwei")

    page = client.get("/fassungen/eins/").content.decode()

    assert [address for address, _current, _label in navigation(page)] == [
        "/fassungen/eins/#themenfelder",
        "/fassungen/eins/massnahmen/",
        "/fassungen/eins/sdg/",
        "/fassungen/",
        "/leichte-sprache/",
        "/gebaerdensprache/",
    ]


@pytest.mark.django_db
def test_nothing_published_is_said_and_every_link_leads_somewhere(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "Noch ist nichts veröffentlicht" in page
    assert [label for _address, _current, label in navigation(page)] == ["Leichte Sprache", "Gebärdensprache"]
    assert "finden Sie am Ende jeder Seite" in page
    addresses = {address.partition("?")[0] for address in re.findall(r'href="(/[^"#]*)"', page)}
    pages = {address for address in addresses if address.endswith("/")} - {"/"}
    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)
    assert "/impressum/" in pages


@pytest.mark.django_db
def test_unknown_address_offers_no_measures_while_there_are_none(client: Client) -> None:
    before = client.get("/gibt-es-nicht/").content.decode()
    publish()

    after = client.get("/gibt-es-nicht/").content.decode()

    assert ('href="/massnahmen/"' in before, 'href="/massnahmen/"' in after) == (False, True)
