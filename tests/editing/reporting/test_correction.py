"""A report is corrected with a note, and never overwritten."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from measures.progress import Progress, Report
from measures.round_actions import close_round
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.reporting.rounds import page_of, said, send, typed

pytestmark = pytest.mark.django_db


def correction_of(report: Report) -> str:
    return f"/verwaltung/knoten/{report.uid}/meldungen/{report.pk}/berichtigen/"


def newest(measure) -> Report:
    report = Report.objects.on(measure.uid).first()
    assert report
    return report


def test_correction_is_public_and_the_report_stays_with_the_note_beside_it(reporter, city):
    first = newest(city.measures[0])

    send(reporter, correction_of(first), "_save", note="7 Bäume", correction_note="Zahl verwechselt")

    now, before = Report.objects.on(first.uid)
    assert (now.note, now.corrects, now.correction_note) == ("7 Bäume", first, "Zahl verwechselt")
    assert before.note == "Es wächst: Baum 1"
    assert Progress.objects.get(uid=first.uid).note == "7 Bäume"
    text = text_of(reporter.get(f"/verwaltung/knoten/{first.uid}/meldungen/").content.decode())
    assert "Berichtigung: Zahl verwechselt" in text
    assert "Was anders ist als in der Meldung davor: Erläuterung" in text


@pytest.mark.parametrize(
    ("typed_in", "says"),
    [
        ({"note": "7 Bäume"}, "Dieses Feld"),
        ({"correction_note": "Nichts"}, "Nichts ist anders"),
        ({"note": "x", "correction_note": "y", "reported_on": "2999-01-01"}, "liegt in der Zukunft"),
    ],
)
def test_correction_without_a_note_or_a_difference_is_refused(reporter, city, typed_in, says):
    first = newest(city.measures[0])

    answer = send(reporter, correction_of(first), "_save", typed_in)

    assert says in text_of(answer.content.decode())
    assert Report.objects.on(first.uid).count() == 1


def test_only_the_newest_report_is_corrected_and_nothing_typed_is_lost(reporter, city):
    first = newest(city.measures[0])
    said(city.measures[0], note="Neuer")

    answer = send(reporter, correction_of(first), "_save", note="7 Bäume", correction_note="Zahl")

    assert "seitdem neu gemeldet" in text_of(answer.content.decode())
    assert "7 Bäume" in answer.content.decode()
    assert newest(city.measures[0]).note == "Neuer"


def test_correction_belongs_to_the_round_while_that_is_open(reporter, city):
    asked = city.open(is_published_at_once=True)
    send(reporter, page_of(asked, city.green), "abgeben", typed(asked, city.measures[0], is_unchanged="on"))

    send(reporter, correction_of(newest(city.measures[0])), "_save", note="Eins", correction_note="Zahl")
    within = newest(city.measures[0]).round
    close_round(asked, seen=3, by=None)
    send(reporter, correction_of(newest(city.measures[0])), "_save", note="Zwei", correction_note="Zahl")

    assert (within, newest(city.measures[0]).round) == (asked, None)
    assert [each.note for each in asked.reports.all()] == ["Es wächst: Baum 1", "Eins"]


def test_nobody_else_corrects_and_what_is_not_there_is_not_found(reporter, city):
    first = newest(city.measures[0])
    other = browser_of(person("Fachbereich", departments=[city.built], name="bea"))

    assert other.get(correction_of(first)).status_code == 403
    assert other.post(correction_of(first), {"correction_note": "x"}).status_code == 403
    assert reporter.get(correction_of(first).replace(f"/{first.pk}/", "/999999/")).status_code == 404


def test_database_holds_no_correction_without_a_note_and_no_month_without_a_step(city):
    first = newest(city.measures[0])
    march = datetime.date(2027, 3, 1)
    for wrong in ({"corrects": first}, {"correction_note": "x"}, {"next_step_month": march}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(uid=first.uid, note="Läuft.", **wrong)

    assert Report.objects.create(uid=first.uid, next_step="Fest", next_step_month=march).pk
    assert Report.objects.create(uid=first.uid, corrects=first, correction_note="x").pk
