"""The addresses of sheets: what they answer where nothing is to be printed, and with how many queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.editions import actions
from strategy.editions.library import library
from tests.printing.printed_pages import get, sheets, text
from tests.printing.sample import small_strategy, store
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("stadtbezirk=mond", "Einen Stadtbezirk „mond“ nennt in dieser Fassung keine Maßnahme."),
        ("stadtbezirk=schule", "Einen Stadtbezirk „schule“ nennt in dieser Fassung keine Maßnahme."),
        (
            "fachbereich=<b>",
            "Einen Fachbereich „<b>“ hat in dieser Fassung keine Maßnahme als Federführung.",
        ),
        ("umfang=lang%00", "Einen Umfang „lang\0“ gibt es für den Druck nicht."),
        (
            "umfang=kurz&stadtbezirk=wanne",
            "Bitte wählen Sie nur eines: die Kurzfassung oder die Maßnahmen eines Stadtbezirks "
            "oder eines Fachbereichs.",
        ),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence_and_what_there_is(query: str, sentence: str):
    store()

    response = Client().get(f"/druck/?{query}")

    page = response.content.decode()
    assert response.status_code == 404
    assert sentence in text(sheets(page))
    assert re.findall(r'href="(/druck/[^"]*)"', sheets(page)) == [
        "/druck/",
        "/druck/?umfang=kurz",
        "/druck/?stadtbezirk=stadtweit",
        "/druck/?stadtbezirk=eickel",
        "/druck/?stadtbezirk=wanne",
        "/druck/?fachbereich=oeffentlichkeit",
        "/druck/?fachbereich=schule",
    ]
    assert "für die ganze Stadt Eickel Wanne" in text(sheets(page))
    assert "Drucken:" not in page


@pytest.mark.parametrize("query", ["", "?stadtbezirk=&umfang=", "?x=1"])
def test_an_empty_or_foreign_query_is_the_long_form(query: str):
    store()

    assert '<p class="title__form">Langfassung</p>' in get(f"/druck/{query}")


def test_address_that_was_never_there_is_not_found():
    store()

    assert Client().get("/massnahmen/gibt-es-nicht/druck/").status_code == 404
    assert Client().get("/kapitel/vorwort/druck/").status_code == 404


def test_moved_and_gone_entries_are_answered_as_on_their_pages():
    store("eins")
    data = small_strategy(Garten={"slug": "schulgarten"}, meta={"edition": {"title": "Zwei", "remark": ""}})
    data["nodes"] = [node for node in data["nodes"] if node["title"] != "Labor"]
    actions.publish(actions.store(data, slug="zwei"))

    moved = Client().get("/massnahmen/garten/druck/")
    gone = Client().get("/massnahmen/labor/druck/")

    assert (moved.status_code, moved["Location"]) == (301, "/massnahmen/schulgarten/druck/")
    assert gone.status_code == 410


@pytest.mark.parametrize(
    "address",
    [
        "/druck/",
        "/druck/?umfang=kurz",
        "/druck/?stadtbezirk=stadtweit",
        "/druck.css",
        "/fassungen/alt-{}/druck/",
        "/massnahmen/{measure}/druck/",
    ],
)
def test_queries_are_few_and_do_not_grow(address: str, monkeypatch):
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 60)  # however slow this machine is
    counts = []
    for measures in (12, 60):
        publish(f"alt-{measures}", measures=measures, knoten_1={"title": "Beispiel: Alt"})
        publish(f"neu-{measures}", measures=measures)
        library.forget()
        path = address.format(measures, measure=nodes("measure", measures=measures)[0]["slug"])
        with CaptureQueriesContext(connection) as queries:
            get(path)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 3
