"""The Synopse of two editions on paper."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.editions import actions
from strategy.editions.library import library
from tests.printing.sample import store

pytestmark = pytest.mark.django_db

ADDRESS = "/fassungen/alt/synopse/neu/druck/"


def say(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


@pytest.fixture
def editions():
    old = store("alt", meta={"edition": {"title": "Fassung alt", "remark": ""}})
    new = store(
        "neu", Garten={"text": "Ein neuer Text."}, meta={"edition": {"title": "Fassung neu", "remark": ""}}
    )
    return old, new


def test_synopse_on_paper_has_both_editions_its_rows_and_its_own_address(editions, settings):
    settings.PUBLIC_URL = "https://strategie.example"
    old, new = editions

    page = Client().get(ADDRESS).content.decode()

    main = say(page.partition("<main")[2])
    for edition in (old, new):
        assert f"Fassung „{edition.title}“, Arbeitsstand, Textstand" in main
        assert f"Prüfsumme des Textes {edition.short_digest}" in main
    assert "Stadt Herne Synopse zur Strategie Herne" in main
    rows = re.findall(r'id="aenderung-(\d+)">(.*?)</section>', page, flags=re.S)
    assert [number for number, _row in rows] == ["1"]
    assert "1.1.0.1 Garten" in say(rows[0][1])
    assert "Ein neuer" in say(rows[0][1])
    cited = "https://strategie.example/fassungen/alt/synopse/neu/"
    assert f"Im Netz {cited}" in main
    assert f'aria-label="QR-Code der Adresse {cited}"' in page
    assert re.findall(r'<a href="([^"]+)">Zurück zur Seite', page) == ["/fassungen/alt/synopse/neu/"]


def test_synopse_page_leads_to_paper(editions):
    assert f'href="{ADDRESS}"' in Client().get("/fassungen/alt/synopse/neu/").content.decode()


def test_synopse_on_paper_is_kept_and_not_indexed(editions):
    client = Client()
    first = client.get(ADDRESS)

    assert first["X-Robots-Tag"] == "noindex"
    assert client.get(ADDRESS)["ETag"] == first["ETag"]


@pytest.mark.parametrize(("name", "number"), [("druck/", 3), ("druck.css", 2)])
def test_few_queries_and_no_contents_for_the_stylesheet(editions, name: str, number: int):
    """The public state, both editions; for the page also what was said of nodes."""
    library.forget()
    for edition in editions:
        library.document(edition)

    with CaptureQueriesContext(connection) as queries:
        response = Client().get(f"/fassungen/alt/synopse/neu/{name}")

    assert response.status_code == 200
    assert len(queries) == number
    is_read = ["strategy_editioncontent" in query["sql"] for query in queries]
    assert any(is_read[1:]) is (name == "druck/")


@pytest.mark.parametrize("name", ["", "druck.css"])
def test_editions_that_are_not_public_have_none(editions, name: str):
    store("geheim", public=False)
    end = name or "druck/"

    assert Client().get(f"/fassungen/alt/synopse/geheim/{end}").status_code == 404
    assert Client().get(f"/fassungen/gibt-es-nicht/synopse/neu/{end}").status_code == 404


def test_withheld_edition_says_why(editions):
    old, _new = editions
    actions.withhold(old, reason="Ein Name wird geprüft.")

    response = Client().get(ADDRESS)

    assert response.status_code == 410
    assert "Ein Name wird geprüft." in response.content.decode()
