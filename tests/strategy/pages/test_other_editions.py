"""Pages of editions that are not the one shown: what tells them apart, and where they lead on."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from strategy.editions import actions
from tests.editing.people import browser_of, person
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db


def title(client: Client, address: str) -> str:
    found = re.search(r"<title>(.*)</title>", client.get(address).content.decode())
    assert found
    return found.group(1)


def test_title_names_the_edition_where_it_is_not_the_address_of_the_shown_one(client: Client) -> None:
    publish("eins")
    publish("zwei")

    titles = [title(client, f"{base}massnahmen/") for base in ("/", "/fassungen/eins/", "/fassungen/zwei/")]

    end = titles[0].removeprefix("Alle Maßnahmen – ")
    assert titles[1:] == [
        f"Alle Maßnahmen – Fassung „Beispiel eins“ – {end}",
        f"Alle Maßnahmen – Fassung „Beispiel zwei“ – {end}",
    ]


def test_title_of_the_preview_says_so() -> None:
    publish()

    assert " – Vorschau – " in title(browser_of(person("Lesen")), "/verwaltung/vorschau/massnahmen/")


def test_banner_names_state_and_day(client: Client) -> None:
    edition = publish("eins")
    publish("zwei")

    page = " ".join(client.get("/fassungen/eins/").content.decode().split())

    assert (
        "Sie lesen die Fassung „Beispiel eins“</strong> "
        f"(Arbeitsstand, eingefroren am {timezone.localdate(edition.frozen_at).day}. " in page
    )


def test_page_of_a_node_that_went_leads_on(client: Client) -> None:
    measure = nodes("measure")[0]
    publish("eins")
    publish("zwei", without=measure["slug"])

    page = client.get(f"/massnahmen/{measure['slug']}/").content.decode()

    assert f'<li aria-current="page">{measure["title"]}</li>' in page
    assert f'href="/fassungen/eins/massnahmen/{measure["slug"]}/">In „Beispiel eins“ lesen</a>' in page
    assert '<li><a href="/massnahmen/">Alle Maßnahmen</a></li>' in page


def test_page_of_a_withheld_edition_leads_on(client: Client) -> None:
    edition = publish("eins")
    publish("zwei")
    actions.withhold(edition, reason="Wird geprüft.")

    page = client.get("/fassungen/eins/").content.decode()

    assert '<li><a href="/fassungen/">Alle Fassungen</a></li>' in page
    assert '<li aria-current="page">Beispiel eins</li>' in page
    assert '<a class="button" href="/">Zur heute gezeigten Fassung</a>' in page


def test_page_of_a_node_leads_to_it_in_the_synopse_with_the_shown_edition(client: Client) -> None:
    measure = nodes("measure")[0]
    other = nodes("measure")[1]
    publish("eins")
    publish("zwei", **{measure["slug"].replace("-", "_"): {"text": "Neu."}})

    pages = [
        client.get(f"/fassungen/eins/massnahmen/{each['slug']}/").content.decode()
        for each in (measure, other)
    ]

    address = "/fassungen/eins/synopse/zwei/"
    anchor = f"knoten-{measure['uid']}"
    assert f'<a href="{address}#{anchor}">Was die beiden unterscheidet (Synopse)</a>' in pages[0]
    assert f'id="{anchor}"' in client.get(address).content.decode()
    assert f'<a href="{address}">Was die beiden unterscheidet (Synopse)</a>' in pages[1]
