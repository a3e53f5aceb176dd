"""A closed round becomes a status report on one page: read, foreword written, frozen, withheld."""

import pytest
from django.test import Client

from measures.reporting_rounds import ReportingRound
from reporting.models import StatusReport
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.opened_form import opened
from tests.reporting.closed_rounds import MEASURES, closed_round, publish_real, say

pytestmark = pytest.mark.django_db

LIST = "/verwaltung/sachstandsberichte/"


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle"))


@pytest.fixture
def asked() -> ReportingRound:
    publish_real()
    made = closed_round()
    say(0, "running", made, "Es läuft.", obstacle="Keine Stelle.")
    return made


def address(asked: ReportingRound) -> str:
    return f"{LIST}{asked.slug}/"


def send(browser: Client, asked: ReportingRound, button: str, **typed: str) -> str:
    """What the page says once it was opened, filled in and sent."""
    page = opened(browser.get(address(asked)).content.decode())
    sent = page | typed | {button: "1"}
    return text_of(browser.post(address(asked), sent, follow=True).content.decode())


def test_closed_round_yields_its_report_in_one_click(office, asked):
    page = send(office, asked, "einfrieren")

    report = StatusReport.objects.get()
    assert "Eingefroren. Der Bericht ist öffentlich." in page
    assert (report.slug, report.title) == ("halbjahr-1", "Sachstandsbericht Halbjahr 1")
    assert Client().get("/berichte/halbjahr-1/").status_code == 200


def test_page_shows_what_the_report_would_say(office, asked):
    text = text_of(office.get(address(asked)).content.decode())

    assert "Das stünde jetzt im Bericht." in text
    assert "Keine Stelle." in text
    assert not StatusReport.objects.exists()


def test_foreword_is_kept_as_a_draft_and_frozen_with_what_is_typed_last(office, asked):
    page = send(office, asked, "speichern", foreword="Erster Satz.")
    assert "Noch ist nichts davon öffentlich." in page
    assert Client().get("/berichte/halbjahr-1/").status_code == 404

    send(office, asked, "einfrieren", foreword="Letzter Satz.")

    assert StatusReport.objects.get().content.foreword == "Letzter Satz."


def test_what_changed_since_it_was_seen_is_shown_again_and_the_text_is_kept(office, asked):
    page = opened(office.get(address(asked)).content.decode())
    say(1, "done", asked, "Fertig.")

    answer = office.post(address(asked), page | {"foreword": "Getippt.", "einfrieren": "1"}).content.decode()

    assert "hat sich etwas geändert" in text_of(answer)
    assert "Getippt." in answer
    assert not StatusReport.objects.filter(frozen_at__isnull=False).exists()
    assert "1 abgeschlossen" in text_of(answer)


def test_two_people_who_write_the_foreword_see_each_others(office, asked):
    other = browser_of(person("Koordinationsstelle"))
    page = opened(other.get(address(asked)).content.decode())
    send(office, asked, "speichern", foreword="Meiner.")

    answer = other.post(address(asked), page | {"foreword": "Deiner.", "speichern": "1"}).content.decode()

    assert "Inzwischen geändert" in text_of(answer)
    assert "Meiner" in text_of(answer)
    assert "Deiner." in answer
    assert StatusReport.objects.get().foreword == "Meiner."


def test_frozen_report_takes_no_more_text(office, asked):
    page = opened(office.get(address(asked)).content.decode())
    send(office, asked, "einfrieren")

    answer = office.post(address(asked), page | {"foreword": "Zu spät.", "speichern": "1"}, follow=True)

    assert "ist schon eingefroren" in text_of(answer.content.decode())
    assert StatusReport.objects.get().foreword == ""


def test_report_is_withheld_with_a_reason_and_comes_back(office, asked):
    send(office, asked, "einfrieren")

    silent = send(office, asked, "zurueckziehen", reason="")
    assert not StatusReport.objects.get().is_withheld
    send(office, asked, "zurueckziehen", reason="Ein Name stand darin.")

    assert "Dieses Feld" in silent
    assert Client().get("/berichte/halbjahr-1/").status_code == 410
    send(office, asked, "freigeben")
    assert Client().get("/berichte/halbjahr-1/").status_code == 200


def test_measures_that_the_edition_lacks_are_named_before_freezing(office, asked):
    asked.measures.filter(uid=MEASURES[0]["uid"]).update(uid="5d1b0f5e-0000-4000-8000-000000000001")

    assert "in der veröffentlichten Fassung stehen sie nicht" in text_of(
        office.get(address(asked)).content.decode()
    )


def test_without_an_edition_the_page_says_what_is_missing(office):
    asked = closed_round()

    page = office.get(address(asked)).content.decode()

    assert "Es ist keine Fassung veröffentlicht" in text_of(page)
    assert 'name="einfrieren"' not in page


def test_who_may_not_publish_reads_and_writes_nothing(asked):
    steering = browser_of(person("Steuerungsgruppe"))

    page = steering.get(address(asked)).content.decode()

    assert "Keine Stelle." in text_of(page)
    assert 'name="einfrieren"' not in page
    assert steering.post(address(asked), {"title": "x", "einfrieren": "1"}).status_code == 403


def test_open_round_has_no_report_and_list_says_how_each_round_stands(office, asked):
    running = closed_round("Laufend")
    ReportingRound.objects.filter(pk=running.pk).update(closed_at=None)
    send(office, asked, "einfrieren")

    text = text_of(office.get(LIST).content.decode())

    assert "1 Runde läuft noch" in text
    assert "Halbjahr 1 abgeschlossen am" in text
    assert "Bericht öffentlich" in text
    assert office.get(address(running)).status_code == 404
