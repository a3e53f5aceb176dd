"""A department reports on its page: what is new, what is unchanged, saved, handed in."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.models import Measure
from measures.progress import Progress, Report
from measures.reporting_rounds import ReportDraft
from measures.round_actions import close_round
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.reporting.rounds import page_of, row, said, send, typed
from tests.factories import MeasureFactory, OperationalGoalFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db


def test_page_lists_the_measures_of_the_department_with_what_is_public(reporter, city):
    asked = city.open(note="Bitte kurz.")

    text = text_of(reporter.get(page_of(asked, city.green)).content.decode())

    assert "Bitte melden Sie bis" in text and "zu 3 Maßnahmen" in text
    assert "Bitte kurz." in text
    assert "Öffentlich: in Umsetzung (01.05.2026) · Es wächst: Baum 1" in text
    assert "Es hat noch keine" not in text
    assert "Radweg" not in text


def test_what_is_new_is_saved_and_public_only_after_it_was_handed_in_and_published(reporter, city):
    asked = city.open()
    new = {"state": "done", "note": "Fertig.", "next_step": "Fest", "next_step_month": "2027-03"}

    send(reporter, page_of(asked, city.green), "speichern", typed(asked, city.measures[0], **new))

    [draft] = ReportDraft.objects.all()
    assert (draft.state, draft.note, draft.next_step) == ("done", "Fertig.", "Fest")
    assert draft.next_step_month == datetime.date(2027, 3, 1)
    assert draft.reported_on == asked.key_on
    assert (draft.handed_in_at, draft.saved_by.username) == (None, "umut")
    assert Progress.objects.get(uid=draft.uid).state == "running"

    send(reporter, page_of(asked, city.green), "abgeben")

    draft.refresh_from_db()
    assert draft.handed_in_at
    assert not asked.reports.exists()


def test_round_that_publishes_at_once_does_so_when_it_is_handed_in(reporter, city):
    asked = city.open(is_published_at_once=True)
    new = typed(asked, city.measures[0], state="permanent")

    answer = send(reporter, page_of(asked, city.green), "abgeben", new)

    [report] = asked.reports.all()
    assert (report.uid, report.state, report.reported_by.username) == (
        city.measures[0].uid,
        "permanent",
        "umut",
    )
    assert Progress.objects.get(uid=report.uid).state == "permanent"
    assert not ReportDraft.objects.exists()
    assert "1 Meldung ist abgegeben. Was abgegeben ist, ist sofort öffentlich." in text_of(
        answer.content.decode()
    )


def test_unchanged_takes_one_tick_and_is_a_report_of_its_own(reporter, city):
    asked = city.open(is_published_at_once=True)
    send(reporter, page_of(asked, city.green), "abgeben", typed(asked, city.measures[0], is_unchanged="on"))

    newest, before = Report.objects.on(city.measures[0].uid)
    assert (newest.state, newest.note) == (before.state, before.note)
    assert (newest.round, before.round) == (asked, None)
    assert newest.reported_on == asked.key_on


def test_all_that_is_not_filled_in_is_unchanged_by_one_tick_but_what_was_never_reported(reporter, city):
    asked = city.open(is_published_at_once=True)
    new = typed(asked, city.measures[0], state="stopped", note="Kein Geld.")

    answer = send(reporter, page_of(asked, city.green), "abgeben", new, rest="on")

    states = {each.uid: each.state for each in asked.reports.all()}
    assert states == {city.measures[0].uid: "stopped", city.measures[1].uid: "running"}
    text = text_of(answer.content.decode())
    assert "2 Meldungen sind abgegeben." in text
    assert "1 Maßnahme fehlt noch." in text


def test_unchanged_and_something_new_at_once_is_refused_and_nothing_typed_is_lost(reporter, city):
    asked = city.open()
    wrong = typed(asked, city.measures[0], is_unchanged="on", note="Ganz neu.")
    right = typed(asked, city.measures[1], state="done", note="Ja.")

    answer = send(reporter, page_of(asked, city.green), "abgeben", wrong, right)

    page = answer.content.decode()
    assert "„Unverändert“ ist angekreuzt, und etwas anderes ist eingetragen." in text_of(page)
    assert "Ganz neu." in page
    assert not ReportDraft.objects.exists()


@pytest.mark.parametrize("button", ["speichern", "abgeben"])
def test_what_is_no_longer_handed_in_is_named(reporter, city, button):
    asked = city.open()
    address = page_of(asked, city.green)
    send(reporter, address, "abgeben", typed(asked, city.measures[0], is_unchanged="on"))

    answer = send(reporter, address, button, typed(asked, city.measures[0], is_unchanged=""))

    said = text_of(answer.content.decode())
    assert "Nicht mehr abgegeben, weil dort nichts Neues mehr steht:" in said and "Baum 1" in said
    assert "nichts ausgefüllt" not in said
    assert not ReportDraft.objects.exists()


def test_unchanged_never_discards_what_was_handed_in(reporter, city):
    asked = city.open()
    address = page_of(asked, city.green)
    send(reporter, address, "abgeben", typed(asked, city.measures[0], state="done", note="Fertig."))

    answer = send(reporter, address, "speichern", typed(asked, city.measures[0], is_unchanged="on"))

    draft = ReportDraft.objects.get()
    assert (draft.state, draft.note, draft.is_unchanged) == ("done", "Fertig.", False)
    assert draft.handed_in_at
    assert "„Unverändert“ ist angekreuzt, und etwas anderes ist eingetragen." in text_of(
        answer.content.decode()
    )


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("next_step_month", "Blumenmonat", "„Blumenmonat“ ist kein Monat."),
        ("next_step_month", "2027-03", "welcher nächste Schritt in diesem Monat ansteht"),
        ("next_step", "x" * 301, "300"),
        ("state", "", "Bitte wählen Sie einen Stand."),
        ("state", "gelogen", "gelogen"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_writes_nothing(reporter, city, field, value, says):
    asked = city.open()
    new = typed(asked, city.measures[0], **{"note": "Neu.", field: value})

    answer = send(reporter, page_of(asked, city.green), "speichern", new)

    assert says in text_of(answer.content.decode())
    assert "Neu." in answer.content.decode()
    assert not ReportDraft.objects.exists()


def test_what_says_again_what_is_public_is_no_draft_any_more(reporter, city):
    asked = city.open()
    address, measure = page_of(asked, city.green), city.measures[0]
    send(reporter, address, "speichern", typed(asked, measure, state="done", note="Ja."))
    assert ReportDraft.objects.exists()

    send(reporter, address, "speichern", typed(asked, measure, state="running", note="Es wächst: Baum 1"))

    assert not ReportDraft.objects.exists()


def test_two_who_save_at_once_lose_nothing(reporter, city):
    asked = city.open()
    first, second = city.measures[:2]
    colleague = browser_of(person("Fachbereich", departments=[city.green], name="ute"))
    address = page_of(asked, city.green)
    theirs = opened(colleague.get(address).content.decode())
    mine = (typed(asked, first, note="Von Umut"), typed(asked, second, state="done", note="Ja"))
    send(reporter, address, "speichern", *mine)

    new = typed(asked, first, note="Von Ute") | typed(asked, second, next_step="Fest")
    answer = colleague.post(address, theirs | new | {"speichern": "1"}, follow=True)

    page = answer.content.decode()
    assert "Inzwischen hat hier jemand anderes gespeichert." in page
    assert "Umut" in page and "Von Ute</textarea>" in page
    assert ReportDraft.objects.get(uid=city.measures[0].uid).note == "Von Umut"
    kept = ReportDraft.objects.get(uid=city.measures[1].uid)
    assert (kept.state, kept.next_step) == ("done", "")


def test_a_measure_that_is_reported_is_read_and_no_longer_filled_in(reporter, city):
    asked = city.open(is_published_at_once=True)
    address = page_of(asked, city.green)
    first = row(asked, city.measures[0])
    send(reporter, address, "abgeben", typed(asked, city.measures[0], is_unchanged="on"))

    page = reporter.get(address).content.decode()
    reporter.post(address, {f"initial-{first}state": "running", f"{first}state": "done", "abgeben": "1"})

    assert f'name="{first}state"' not in page
    assert "Meldung ansehen oder berichtigen" in page
    assert [each.state for each in asked.reports.all()] == ["running"]


def test_a_closed_round_is_read_and_takes_nothing(reporter, city):
    asked = city.open()
    first = row(asked, city.measures[0])
    address = page_of(asked, city.green)
    close_round(asked, seen=4, by=None)

    page = reporter.get(address).content.decode()
    reporter.post(address, {f"initial-{first}state": "running", f"{first}state": "done", "abgeben": "1"})

    assert "nimmt keine Meldungen mehr an" in text_of(page)
    assert 'name="abgeben"' not in page
    assert not ReportDraft.objects.exists() and not asked.reports.exists()


def test_a_form_that_was_open_when_the_round_was_closed_is_shown_again_with_a_sentence(reporter, city):
    asked = city.open()
    first = row(asked, city.measures[0])
    address = page_of(asked, city.green)
    typed = opened(reporter.get(address).content.decode()) | {f"{first}note": "Gerade noch", "abgeben": "1"}
    close_round(asked, seen=4, by=None)

    answer = reporter.post(address, typed, follow=True)

    assert answer.status_code == 200
    assert "nimmt keine Meldungen mehr an" in text_of(answer.content.decode())
    assert "Gerade noch" in answer.content.decode()


def test_a_measure_goes_to_the_page_of_whoever_leads_it_now(reporter, city):
    asked = city.open()
    city.other.lead = city.green
    city.other.save()

    text = text_of(reporter.get(page_of(asked, city.green)).content.decode())

    assert "zu 4 Maßnahmen" in text and "Radweg" in text


def test_others_do_not_get_to_the_page_and_the_steering_group_only_reads(city):
    asked = city.open()
    address = page_of(asked, city.green)
    other = browser_of(person("Fachbereich", departments=[city.built], name="bea"))
    steering = browser_of(person("Steuerungsgruppe", name="stefan"))
    first = row(asked, city.measures[0])
    forged = {
        f"initial-{first}state": "running",
        f"{first}state": "done",
        f"{first}note": "x",
        "abgeben": "1",
    }

    assert other.get(address).status_code == 403
    assert other.post(address, forged).status_code == 403
    assert 'name="abgeben"' not in steering.get(address).content.decode()
    assert steering.post(address, forged).status_code == 403
    assert not ReportDraft.objects.exists()


def test_the_page_leads_there_after_login(client, city):
    asked = city.open()
    address = page_of(asked, city.green)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={address}")


def test_page_takes_the_same_number_of_queries_for_one_measure_and_for_three(reporter, city):
    one = city.open(uids=[city.measures[0].uid])
    reporter.get(page_of(one, city.green))
    with CaptureQueriesContext(connection) as few:
        reporter.get(page_of(one, city.green))
    close_round(one, seen=1, by=None)
    three = city.open()
    with CaptureQueriesContext(connection) as more:
        reporter.get(page_of(three, city.green))

    assert len(few) == len(more)


def test_page_of_many_measures_stays_small(reporter, city):
    goal = OperationalGoalFactory(title="Wege")
    for number in range(60):
        said(MeasureFactory(title=f"Weg {number}", lead=city.green, parent=goal), note="Es geht voran. " * 20)
    asked = city.open(
        uids=list(Measure.objects.filter(title__startswith="Weg").values_list("uid", flat=True))
    )

    page = reporter.get(page_of(asked, city.green)).content

    assert "Seite 1 von 2" in text_of(page.decode())
    assert len(page) < 300_000
