"""What was reported on a measure is kept: read in its order, brought back, and no longer reported."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from council.papers import PaperMeasure
from council.record_actions import keep_decisions
from measures.models import Department, Measure
from measures.progress import Progress, Report
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import ConsultationFactory, DepartmentFactory, MeasureFactory, PaperFactory
from tests.opened_form import confirmed, opened

pytestmark = pytest.mark.django_db

LIST = "/verwaltung/measures/progress/"
DAY = "2026-10-01"


@pytest.fixture
def measure(department: Department) -> Measure:
    return MeasureFactory(title="Bäume", lead=department)


@pytest.fixture
def department() -> Department:
    return DepartmentFactory(name="Umwelt")


@pytest.fixture
def reporter(department: Department) -> Client:
    return browser_of(person("Fachbereich", departments=[department]))


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle"))


def form(measure: Measure) -> str:
    progress = Progress.objects.filter(uid=measure.uid).first()
    return f"{LIST}{progress.pk}/change/" if progress else f"{LIST}add/?uid={measure.uid}"


def send(browser: Client, measure: Measure, **said: str) -> str:
    """What the form says once it was opened, filled in and sent."""
    address = form(measure)
    page = opened(browser.get(address).content.decode())
    return browser.post(address, page | said).content.decode()


def kept(measure: Measure) -> list[tuple[str, str]]:
    return [(each.state, each.note) for each in Report.objects.on(measure.uid)]


def reports_page(measure: Measure) -> str:
    return f"/verwaltung/knoten/{measure.uid}/meldungen/"


def decide(measure: Measure) -> None:
    paper = PaperFactory()
    PaperMeasure.objects.create(paper=paper, uid=measure.uid)
    ConsultationFactory(paper=paper, role="decision", result="approved")
    keep_decisions()


def test_what_was_reported_before_is_kept_with_who_and_when(reporter, measure):
    send(
        reporter, measure, state="preparing", reported_on=DAY, note="Wir planen.", next_step="Beete im März."
    )
    send(reporter, measure, state="running", reported_on=DAY, note="Es geht los.")

    text = text_of(reporter.get(reports_page(measure)).content.decode())
    today = f"{timezone.localdate():%d.%m.%Y}"

    assert kept(measure) == [("running", "Es geht los."), ("preparing", "Wir planen.")]
    assert {each.next_step for each in Report.objects.all()} == {"Beete im März."}
    assert text.count(f", {today}, ") == 2
    assert text.index("Es geht los.") < text.index("Wir planen.")
    assert text.count("Stand: 01.10.2026") == 2


def test_saving_what_was_said_already_leaves_no_second_report(reporter, measure):
    for contact in ("", "amt@herne.example"):
        send(reporter, measure, state="running", reported_on=DAY, contact_email=contact)

    assert kept(measure) == [("running", "")]
    assert Progress.objects.get().contact_email == "amt@herne.example"


def test_form_is_dated_today_whatever_was_reported_before(reporter, measure):
    send(reporter, measure, state="running", reported_on=DAY)

    page = opened(reporter.get(form(measure)).content.decode())
    reporter.post(form(measure), page)

    assert page["reported_on"] == f"{timezone.localdate()}"
    assert [each.reported_on for each in Report.objects.on(measure.uid)] == [
        timezone.localdate(),
        datetime.date.fromisoformat(DAY),
    ]


def test_day_to_come_is_refused_and_nothing_typed_is_lost(reporter, measure):
    tomorrow = timezone.localdate() + datetime.timedelta(1)

    page = send(reporter, measure, state="running", reported_on=f"{tomorrow}", note="Bald.")

    assert "Dieser Tag liegt in der Zukunft." in text_of(page)
    assert "Bald." in page
    assert not Progress.objects.exists()
    assert not Report.objects.exists()


def test_button_says_that_it_is_public_at_once(reporter, measure):
    assert "sofort öffentlich" in text_of(reporter.get(form(measure)).content.decode())


def test_earlier_report_holds_again_and_is_public(reporter, measure):
    send(reporter, measure, state="preparing", reported_on=DAY, note="Wir planen.")
    send(reporter, measure, state="done", note="Fertig.")
    first = Report.objects.first()

    answer = reporter.post(reports_page(measure), {"meldung": str(first.pk)}, follow=True)

    progress = Progress.objects.get(uid=measure.uid)
    assert "gilt wieder" in text_of(answer.content.decode())
    assert progress.says == first.says
    assert kept(measure)[0] == ("preparing", "Wir planen.")
    assert len(kept(measure)) == 3


@pytest.mark.parametrize("pk", ["x", "9" * 30, "", "0"])
def test_report_that_there_is_not_is_not_brought_back(reporter, measure, pk: str):
    send(reporter, measure, state="running", reported_on=DAY)

    assert reporter.post(reports_page(measure), {"meldung": pk}).status_code == 404
    assert len(kept(measure)) == 1


def test_report_of_another_measure_is_not_brought_back(reporter, measure, department):
    other = MeasureFactory(lead=department)
    send(reporter, measure, state="running", reported_on=DAY)

    answer = reporter.post(reports_page(other), {"meldung": str(Report.objects.get().pk)})

    assert answer.status_code == 404
    assert not Progress.objects.filter(uid=other.uid).exists()


def test_foreign_reports_are_read_and_not_brought_back(reporter, office):
    foreign = MeasureFactory(title="Fremde", lead=DepartmentFactory())
    for note in ("Eins.", "Zwei."):
        send(office, foreign, note=note)

    page = reporter.get(reports_page(foreign)).content.decode()
    answer = reporter.post(reports_page(foreign), {"meldung": str(Report.objects.first().pk)})

    assert "Eins." in page
    assert 'name="meldung"' not in page
    assert answer.status_code == 403
    assert Progress.objects.get().note == "Zwei."


def test_deleting_progress_leaves_what_the_council_decided_and_all_reports(office, measure):
    decide(measure)
    send(office, measure, state="running", reported_on=DAY, contact_email="amt@herne.example")
    before = Progress.objects.get()

    confirmed(office, f"{LIST}{before.pk}/delete/")

    after = Progress.objects.get()
    assert (after.decision, after.resolutions) == ("decided", before.resolutions)
    assert (after.state, after.reported_on, after.contact_email) == ("", None, "")
    assert kept(measure) == [("", ""), ("running", "")]


def test_deleted_progress_without_a_decision_is_gone_and_can_be_brought_back(office, measure):
    send(office, measure, state="running", reported_on=DAY)
    sent = {"action": "delete_selected", "_selected_action": Progress.objects.get().pk, "post": "yes"}
    office.post(LIST, sent)
    was_there = Progress.objects.exists()
    page = text_of(office.get(reports_page(measure)).content.decode())
    office.post(reports_page(measure), {"meldung": str(Report.objects.first().pk)})

    assert not was_there
    assert "Nichts mehr gemeldet" in page
    assert Progress.objects.get().state == "running"


def test_reports_outlive_the_measure(office, measure):
    send(office, measure, state="running", reported_on=DAY)
    uid = measure.uid
    Measure.objects.filter(pk=measure.pk).delete()

    assert office.get(f"/verwaltung/knoten/{uid}/meldungen/").status_code == 200
    assert office.get("/verwaltung/knoten/5d1b0f5e-0000-4000-8000-000000000001/meldungen/").status_code == 404


def test_measure_leads_to_its_reports(office, measure):
    send(office, measure, state="running", reported_on=DAY)

    page = office.get(f"/verwaltung/measures/measure/{measure.pk}/change/").content.decode()

    assert "Meldungen (1)" in text_of(page)
    assert reports_page(measure) in office.get(form(measure)).content.decode()


def test_reported_state_needs_its_date():
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(uid="5d1b0f5e-0000-4000-8000-000000000001", state="running")
    assert Report.objects.create(uid="5d1b0f5e-0000-4000-8000-000000000001", note="Läuft.").pk
