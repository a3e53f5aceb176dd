"""The Synopse in the administration: of any two editions, and of an edition and the working tree."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from herne_strategy.roles import READERS
from strategy.editions import actions
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

STAFF, PUBLIC = "/verwaltung/fassungen/alt/synopse/neu/", "/fassungen/alt/synopse/neu/"
WORKING_TREE = "/fassungen/alt/synopse/arbeitsstand/"
FORMS = ("", "druck/", "druck.css", "synopse.pdf")


@pytest.fixture
def editions(settings: Any, tmp_path: Path) -> tuple[Edition, Edition]:
    """A published one, and a later one that is not public, which says something else in its only chapter."""
    settings.DATA_DIR = tmp_path
    Strategy(city="Herne", title="Strategie").save()
    plant("chapter Vorwort", Vorwort={"text": "Ein Garten."})
    old = actions.freeze(slug="alt", title="Alte Fassung")
    actions.publish(old)
    node_actions.change(Node.objects.get(), content={"text": "Zwei Gärten."}, by=None, reason="Antrag 12")
    return old, actions.freeze(slug="neu", title="Neue Fassung")


@pytest.fixture
def reader() -> Client:
    return browser_of(person(READERS, name="lena"))


def test_staff_reads_the_synopse_of_an_edition_that_is_not_public(editions, reader: Client) -> None:
    page = reader.get(STAFF)

    source = page.content.decode()
    said = text_of(source)
    assert "Seite der Verwaltung. Außerhalb der Verwaltung kann niemand diese Seite lesen." in said
    assert "„Neue Fassung“ unterscheidet sich von „Alte Fassung“ in 1 Änderung: 1 geändert." in said
    assert "<del>Ein Garten</del>" in source and "<ins>Zwei Gärten</ins>" in source
    assert "Antrag 12" in said
    assert said.count("noch nicht öffentlich") == 1
    assert 'href="/verwaltung/fassungen/neu/"' in source
    assert 'href="/fassungen/neu/"' not in source


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_it_is_kept_or_public(editions, reader: Client, form: str) -> None:
    answer = reader.get(f"{STAFF}{form}")

    assert answer.status_code == 200
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert Client().get(f"{PUBLIC}{form}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_synopse_for_staff_needs_a_login_and_the_right(editions, form: str) -> None:
    without_role = User.objects.create_user("neu", is_staff=True)

    anonymous = Client().get(f"{STAFF}{form}")

    assert anonymous["Location"] == f"/verwaltung/login/?next={STAFF}{form}"
    assert browser_of(without_role).get(f"{STAFF}{form}").status_code == 403


def test_on_paper_it_leads_back_to_its_page_and_to_its_pdf(editions, reader: Client) -> None:
    source = reader.get(f"{STAFF}druck/").content.decode()

    assert f'href="{STAFF}"' in source and f'href="{STAFF}synopse.pdf"' in source
    assert "noch nicht öffentlich" in source


def test_public_pages_do_not_say_that_they_are_of_the_administration(editions) -> None:
    actions.publish(editions[1])

    source = Client().get(PUBLIC).content.decode()

    assert "Seite der Verwaltung" not in source and "/verwaltung/fassungen/" not in source
    assert "noch nicht öffentlich" not in source


def test_staff_reads_the_synopse_of_a_withheld_edition_and_the_public_the_reason(editions, reader) -> None:
    old, new = editions
    actions.publish(new)
    actions.withhold(old, reason="Ein Name wird geprüft.")

    for form in FORMS:
        assert Client().get(f"{PUBLIC}{form}").status_code == 410
        assert reader.get(f"{STAFF}{form}").status_code == 200
    assert "der Öffentlichkeit vorenthalten" in text_of(reader.get(STAFF).content.decode())


def test_edition_that_does_not_exist_has_none(editions, reader: Client) -> None:
    assert reader.get("/verwaltung/fassungen/alt/synopse/fehlt/").status_code == 404
    assert reader.get("/verwaltung/fassungen/fehlt/synopse/neu/").status_code == 404


def test_address_with_the_working_tree_leads_to_its_page_by_the_login(editions) -> None:
    """Nobody is logged in at a public address: the browser sends the session's cookie below /verwaltung/ alone."""
    lena = person(READERS, name="lena")
    lena.set_password("Klee-und-Kresse-26")
    lena.save()
    client = Client()

    login = client.get(WORKING_TREE, follow=True)
    assert [address for address, _status in login.redirect_chain] == [
        "/verwaltung/was-sich-aendert/?mit=alt",
        "/verwaltung/login/?next=/verwaltung/was-sich-aendert/%3Fmit%3Dalt",
        "/verwaltung/konto/login/?next=/verwaltung/was-sich-aendert/%3Fmit%3Dalt",
    ]

    typed = {
        "login": "lena",
        "password": "Klee-und-Kresse-26",
        "next": "/verwaltung/was-sich-aendert/?mit=alt",
    }
    found = client.post(login.redirect_chain[-1][0], typed, follow=True)

    assert found.redirect_chain[-1][0] == "/verwaltung/was-sich-aendert/?mit=alt"
    assert "Was der Arbeitsstand anders sagt als „Alte Fassung“." in text_of(found.content.decode())


@pytest.mark.parametrize("form", ["druck/", "synopse.pdf"])
def test_working_tree_on_paper_leads_to_its_pdf(editions, reader: Client, form: str) -> None:
    found = reader.get(f"{WORKING_TREE}{form}", follow=True)

    assert found.redirect_chain == [("/verwaltung/was-sich-aendert/alt/synopse.pdf", 302)]
    assert found["Content-Type"] == "application/pdf"


def test_working_tree_beside_an_edition_that_does_not_exist_is_not_found(editions, reader: Client) -> None:
    missing = "/fassungen/fehlt/synopse/arbeitsstand/"

    assert reader.get(missing, follow=True).status_code == 404
    assert Client().get(missing)["Location"] == "/verwaltung/was-sich-aendert/?mit=fehlt"
