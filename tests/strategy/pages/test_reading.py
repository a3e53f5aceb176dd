"""Which Document an address reads, and what happens to addresses that an edition lacks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from strategy.editions import actions, triggers
from strategy.editions.library import DOCUMENTS, library
from strategy.editions.models import Edition
from tests.editing.people import browser_of, person
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db


def staff() -> Client:
    return browser_of(person("Lesen"))


def test_start_page_shows_the_published_edition_alone(client: Client) -> None:
    publish("eins", knoten_1={"title": "Beispiel: Alt"})
    publish("zwei", knoten_1={"title": "Beispiel: Neu"})

    page = client.get("/").content.decode()

    assert "Beispiel: Neu" in page
    assert "Beispiel: Alt" not in page


def test_start_page_without_an_edition_says_so(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 404
    assert "Noch ist nichts veröffentlicht" in response.content.decode()


def test_other_edition_has_banner_noindex_and_a_link_to_the_same_node(client: Client) -> None:
    theme = nodes("theme")[0]
    publish("eins")
    publish("zwei", knoten_1={"slug": "neue-adresse"})

    response = client.get(f"/fassungen/eins/themenfelder/{theme['slug']}/")

    page = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "Sie lesen die Fassung „Beispiel eins“" in page
    assert 'href="/themenfelder/neue-adresse/"' in page


def test_links_of_another_edition_stay_in_it(client: Client) -> None:
    publish("eins")
    publish("zwei")

    page = client.get("/fassungen/eins/").content.decode()

    assert f'href="/fassungen/eins/massnahmen/{nodes("measure")[0]["slug"]}/"' in page
    assert 'href="/massnahmen/knoten' not in page


def test_page_names_edition_state_date_and_digest(client: Client) -> None:
    edition = publish("eins")

    page = client.get("/").content.decode()

    assert "Fassung „Beispiel eins“, Arbeitsstand, Textstand" in page
    assert f"{timezone.localdate(edition.frozen_at):%d.%m.%Y}" in page
    assert edition.digest[:12] in page


def test_renamed_address_leads_to_the_same_node(client: Client) -> None:
    publish("eins")
    publish("zwei", knoten_1={"slug": "neue-adresse"})

    response = client.get("/themenfelder/knoten-1/")

    assert response.status_code == 301
    assert response["Location"] == "/themenfelder/neue-adresse/"


def test_node_that_went_is_named_with_the_last_edition_that_had_it(client: Client) -> None:
    measure = nodes("measure")[0]
    publish("eins")
    publish("zwei", **{measure["slug"].replace("-", "_"): {"slug": "spaeter"}})
    publish("drei", without=measure["slug"])

    response = client.get(f"/massnahmen/{measure['slug']}/")

    page = response.content.decode()
    assert response.status_code == 410
    assert measure["title"] in page
    assert "Zuletzt stand es in der Fassung „Beispiel zwei“." in page
    assert 'href="/fassungen/zwei/massnahmen/spaeter/"' in page


def test_address_of_an_unpublished_edition_is_not_found(client: Client) -> None:
    publish("eins")
    hidden = publish("geheim", knoten_1={"slug": "geheimer-plan"})
    actions.take_back()

    assert client.get("/themenfelder/geheimer-plan/").status_code == 404
    assert client.get(f"/fassungen/{hidden.slug}/").status_code == 404
    assert "geheim" not in client.get("/fassungen/").content.decode()


def test_unknown_address_gets_a_page_that_helps(client: Client) -> None:
    publish("eins")

    response = client.get("/ziele/gibt-es-nicht/")

    page = response.content.decode()
    assert response.status_code == 404
    assert "Seite nicht gefunden" in page
    assert 'href="/themenfelder/knoten-1/"' in page


def test_withheld_edition_answers_410_with_the_reason_but_staff_reads_it(client: Client) -> None:
    edition = publish("eins")
    publish("zwei")
    actions.withhold(edition, reason="Enthielt den Namen einer Person.")

    public = client.get("/fassungen/eins/massnahmen/")
    inside = staff().get("/verwaltung/fassungen/eins/")

    assert public.status_code == 410
    assert "Enthielt den Namen einer Person." in public.content.decode()
    assert inside.status_code == 200
    assert "Sie wird der Öffentlichkeit vorenthalten." in inside.content.decode()


def test_release_makes_it_public_again(client: Client) -> None:
    edition = publish("eins")
    publish("zwei")
    actions.withhold(edition, reason="Prüfung")

    actions.release(edition)

    assert client.get("/fassungen/eins/").status_code == 200


@pytest.mark.parametrize("address", ["/verwaltung/vorschau/", "/verwaltung/fassungen/eins/"])
def test_preview_and_staff_reading_ask_for_a_login(client: Client, address: str) -> None:
    publish("eins")

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/verwaltung/login/")


def test_preview_shows_the_working_tree_and_is_kept_nowhere() -> None:
    publish("eins")

    response = staff().get("/verwaltung/vorschau/")

    assert "Vorschau auf den Arbeitsstand." in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert "Beispiel: " not in response.content.decode().split("<main")[1]


def test_code_leads_to_its_page_in_that_edition(client: Client) -> None:
    publish("eins")
    publish("zwei", without="knoten-1")
    first = nodes("measure")[0]

    assert client.get(f"/fassungen/eins/k/{first['code']}/")["Location"].endswith(
        f"/massnahmen/{first['slug']}/"
    )
    assert client.get("/k/9.9.9.9/").status_code == 404


def test_edition_list_has_public_editions_newest_first(client: Client) -> None:
    publish("eins")
    publish("zwei")
    Edition.objects.filter(slug="eins").update(withheld_on="2026-01-01", withheld_reason="Prüfung")

    page = client.get("/fassungen/").content.decode()

    assert page.index("Beispiel zwei") < page.index("Beispiel eins")
    assert "wird heute gezeigt" in page
    assert "zurückgehalten" in page


def test_node_that_only_a_newer_edition_has_was_never_there(client: Client) -> None:
    publish("eins")
    measure = nodes("measure")[0]["slug"].replace("-", "_")
    publish("zwei", **{measure: {"slug": "neu", "uid": "00000000-0000-4000-8000-000000000001"}})
    actions.set_state(_real("zwei"), Edition.State.CONSULTATION, paper_number="2026/0001")
    actions.publish(Edition.objects.get(slug="eins"))

    for address in ("/massnahmen/neu/", "/fassungen/eins/massnahmen/neu/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "aber in der Fassung „Beispiel zwei“" in answer.content.decode()
        assert 'href="/fassungen/zwei/massnahmen/neu/"' in answer.content.decode()
    assert client.get("/fassungen/zwei/massnahmen/neu/").status_code == 200


def test_address_that_a_newer_edition_gave_leads_to_the_same_node(client: Client) -> None:
    first = publish("eins")
    publish("zwei", knoten_1={"slug": "neue-adresse"})
    actions.publish(first)

    for base in ("/", "/fassungen/eins/"):
        answer = client.get(f"{base}themenfelder/neue-adresse/")
        assert (answer.status_code, answer["Location"]) == (301, f"{base}themenfelder/knoten-1/")


def _real(slug: str) -> Edition:
    """Without sample data, as far as the database is concerned: only such an edition enters consultation."""
    triggers.drop()
    Edition.objects.filter(slug=slug).update(has_sample=False)
    triggers.create()
    return Edition.objects.get(slug=slug)


def test_redirect_is_asked_for_anew_each_time(client: Client) -> None:
    publish("eins")
    publish("zwei", knoten_1={"slug": "neue-adresse"})

    assert client.get("/themenfelder/knoten-1/")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["massnahmen/gibt-es-nicht/", "sdg/18/", "themenfelder/knoten-1/"])
def test_every_answer_to_staff_is_private(address: str) -> None:
    publish("eins")
    publish("zwei", without="knoten-1")

    response = staff().get(f"/verwaltung/fassungen/zwei/{address}")

    assert response.status_code in (404, 410)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "trace"])
def test_pages_can_only_be_read(method: str) -> None:
    publish("eins")

    assert getattr(Client(), method)("/sdg/4/").status_code == 405


def test_sdg_has_one_address(client: Client) -> None:
    publish("eins")

    assert client.get("/sdg/4/").status_code == 200
    assert client.get("/sdg/04/").status_code == 404


def test_gone_page_takes_a_few_queries_however_many_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 0.5)
    for number in range(5):
        publish(f"nr-{number}")
    publish("letzte", without="knoten-1")

    with CaptureQueriesContext(connection) as queries:
        response = Client().get("/themenfelder/knoten-1/")

    assert response.status_code == 410
    assert len(queries) <= 8  # the public state, live data, the list of editions, and all contents at once


def test_reading_other_editions_does_not_drop_the_shown_one() -> None:
    editions = [publish(f"nr-{number}", knoten_1={"title": f"Beispiel: {number}"}) for number in range(5)]
    library.shown()

    for edition in editions:
        library.document(edition)

    with CaptureQueriesContext(connection) as queries:
        shown = library.shown()
    assert shown.edition == editions[-1]
    assert len(library._documents) == DOCUMENTS
    assert shown.edition.digest in library._documents
    assert len(queries) == 1
