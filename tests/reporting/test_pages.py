"""The public pages of status reports: list, report, measures by theme, PDF, data; withheld and damaged ones."""

import hashlib
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting.actions import save_draft, withhold_report
from reporting.models import StatusReport, StatusReportContent
from reporting.report_pdf import report_pdf_data
from reporting.sections import ON_A_PAGE, sections
from strategy.editions import triggers
from tests.editing.pages import text_of
from tests.factories import UserFactory
from tests.published import nodes, publish
from tests.reporting.closed_rounds import MEASURES, closed_round, draft, frozen, publish_real, say

pytestmark = pytest.mark.django_db

THEME = nodes("theme")[0]


@pytest.fixture(autouse=True)
def _published() -> None:
    publish_real()


@pytest.fixture
def report() -> StatusReport:
    asked = closed_round()
    say(0, "stopped", asked, "Kein <b>Geld</b>.", decision_needed="Rat: Mittel", obstacle="Keine Stelle.")
    return frozen(asked, foreword="Liebe Leute\n\nes geht <voran>.")


def read(client: Client, address: str) -> str:
    return text_of(client.get(address).content.decode())


def test_report_is_read_with_its_foreword_and_what_has_to_be_decided(client, report):
    page = client.get(f"/berichte/{report.slug}/").content.decode()
    text = text_of(page)

    assert "Sachstandsbericht Halbjahr 1" in text
    assert "Zu 1 von 12 Maßnahmen wurde in dieser Runde berichtet. 1 eingestellt · 11 nicht gemeldet" in text
    assert "Vorwort der Koordinationsstelle Liebe Leute es geht <voran>." in text
    assert "es geht &lt;voran&gt;." in page
    assert "Rat: Mittel Keine Stelle." in text
    assert f'<a href="/massnahmen/{MEASURES[0]["slug"]}/">' in page
    assert report.digest in text


def test_each_theme_has_its_measures_on_a_page(client, report):
    first = read(client, f"/berichte/{report.slug}/massnahmen/1/")
    number = len(nodes("theme"))

    assert THEME["title"] in first
    assert MEASURES[0]["title"] in first
    assert "eingestellt, 01.06.2026" in first
    for wrong in (0, number + 1):
        assert client.get(f"/berichte/{report.slug}/massnahmen/{wrong}/").status_code == 404


def test_data_are_those_whose_digest_the_report_names(client, report):
    response = client.get(f"/berichte/{report.slug}/bericht.json")

    assert hashlib.sha256(response.content).hexdigest() == report.digest
    assert json.loads(response.content)["measures"][0]["note"] == "Kein <b>Geld</b>."


def test_pdf_sets_what_was_frozen(report):
    data = report_pdf_data(report)
    words = json.dumps(data, ensure_ascii=False)

    for said in ("Rat: Mittel", "es geht <voran>.", "Was zu entscheiden ist", MEASURES[11]["title"]):
        assert said in words
    assert data["keywords"] == [report.digest]


def test_pdf_is_made(client, report):
    response = client.get(f"/berichte/{report.slug}/bericht.pdf")

    assert response.content[:5] == b"%PDF-"
    assert f"{report.slug}-sachstandsbericht.pdf" in response["Content-Disposition"]


def test_navigation_list_and_sitemap_know_a_report_as_soon_as_there_is_one(client):
    asked = closed_round()
    save_draft(draft(asked), by=UserFactory())
    before = [client.get("/").content.decode(), client.get("/sitemap.xml").content.decode()]
    assert client.get(f"/berichte/{asked.slug}/").status_code == 404
    assert "noch kein Bericht veröffentlicht" in read(client, "/berichte/")
    StatusReport.objects.all().delete()

    report = frozen(asked)

    start, sitemap = client.get("/").content.decode(), client.get("/sitemap.xml").content.decode()
    assert all("/berichte/" not in page for page in before)
    assert '<a href="/berichte/"' in start
    assert f"/berichte/{report.slug}/</loc>" in sitemap
    assert report.title in read(client, "/berichte/")


def test_withheld_report_says_why_everywhere(client, report):
    withhold_report(report, reason="Ein Name stand darin.", by=UserFactory())

    for form in ("", "massnahmen/1/", "bericht.pdf", "bericht.json"):
        answer = client.get(f"/berichte/{report.slug}/{form}")
        assert answer.status_code == 410
        assert "Ein Name stand darin." in answer.content.decode()
        assert "Rat: Mittel" not in answer.content.decode()
    assert "zurückgehalten" in read(client, "/berichte/")
    assert report.slug not in client.get("/sitemap.xml").content.decode()


def test_damaged_report_is_not_shown(client, report):
    with triggers.lifted():
        StatusReportContent.objects.update(data="{}")

    answer = client.get(f"/berichte/{report.slug}/")

    assert answer.status_code == 503
    assert report.title in answer.content.decode()


def test_report_names_nobody(client):
    asked = closed_round()
    kept = {"reported_by": UserFactory(username="erna-erkennbar", last_name="Erkennbar")}
    say(0, "running", asked, "Es läuft.", kept)

    report = frozen(asked)

    assert "rkennbar" not in report.frozen_text
    assert "rkennbar" not in client.get(f"/berichte/{report.slug}/").content.decode()


def test_sample_is_said_wherever_the_report_is_read(client):
    report = frozen(closed_round(is_sample=True))

    for page in ("", "massnahmen/1/"):
        assert "Enthält Beispieldaten" in read(client, f"/berichte/{report.slug}/{page}")
    assert "enthält Beispieldaten" in read(client, "/berichte/")
    assert "Beispiel" in report_pdf_data(report)["feet"][1]


def test_queries_do_not_grow_with_reports(client):
    def queries(title: str) -> int:
        frozen(closed_round(title))
        client.get("/berichte/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/berichte/?neu")
        return len(seen)

    assert queries("Eins") == queries("Zwei") == queries("Drei")


def test_page_does_not_grow_with_the_strategy(client):
    publish("gross", measures=1500)
    asked = closed_round("Gross")
    report = frozen(asked)

    sizes = [len(client.get(f"/berichte/{report.slug}/{page}").content) for page in ("", "massnahmen/1/")]

    assert max(sizes) < 300_000
    late = sections(report.content)[1]
    assert late.number > ON_A_PAGE
    assert f"{late.left_out} weitere stehen im PDF" in read(client, f"/berichte/{report.slug}/")
