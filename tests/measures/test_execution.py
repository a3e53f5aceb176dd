"""Milestones, period and spending: typed by whoever reports on the measure, read beside what is planned."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from editing.exchange import execution_page
from measures.execution import Execution, Milestone, YearSpending
from measures.models import Department, Measure
from strategy.editions.models import PublicState
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, MeasureFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db

TYPED = {
    "started_on": "2026-03-02",
    "milestones-0-title": "Beete angelegt",
    "milestones-0-due_on": "2026-05-01",
    "milestones-0-done_on": "2026-04-30",
    "milestones-1-title": "Brunnen gebohrt",
    "milestones-1-due_on": "2027-03-15",
    "milestones-1-is_due_in_month": "on",
    "spending-0-year": "2026",
    "spending-0-amount": "12.000 €",
    "spending-0-note": "davon 4.000 Spenden",
}


@pytest.fixture
def department() -> Department:
    return DepartmentFactory(name="Umwelt")


@pytest.fixture
def measure(department: Department) -> Measure:
    return MeasureFactory(title="Gärten", lead=department)


@pytest.fixture
def reporter(department: Department) -> Client:
    return browser_of(person("Fachbereich", departments=[department]))


def address(measure: Measure) -> str:
    return f"/verwaltung/knoten/{measure.uid}/meilensteine/"


def form(browser: Client, measure: Measure) -> dict[str, str]:
    return opened(browser.get(address(measure)).content.decode())


def send(browser: Client, measure: Measure, typed: dict[str, str]) -> str:
    """What the page says once the form was opened, filled in and sent."""
    page = form(browser, measure)
    return text_of(browser.post(address(measure), page | typed, follow=True).content.decode())


def told() -> tuple[list[str], list[tuple[int, int, str]]]:
    spent = YearSpending.objects.values_list("year", "amount", "note")
    return list(Milestone.objects.values_list("title", flat=True)), list(spent)


def test_who_reports_writes_it_and_the_public_revision_rises(reporter, measure):
    before = PublicState.objects.first()

    page = send(reporter, measure, TYPED)

    assert "Gespeichert. Es ist sofort öffentlich." in page
    assert told() == (["Beete angelegt", "Brunnen gebohrt"], [(2026, 12000, "davon 4.000 Spenden")])
    assert Execution.objects.get().started_on == datetime.date(2026, 3, 2)
    assert PublicState.objects.get().revision != (before.revision if before else "")


def test_form_sent_twice_adds_its_rows_once(reporter, measure):
    sent = form(reporter, measure) | TYPED

    for _time in range(2):
        page = text_of(reporter.post(address(measure), sent, follow=True).content.decode())

    assert "bereits abgeschickt" in page
    assert len(told()[0]) == 2


def test_all_mistakes_are_said_at_once_and_nothing_is_lost(reporter, measure):
    tomorrow = f"{timezone.localdate() + datetime.timedelta(1)}"
    wrong = {"ended_on": "2026-01-01", "milestones-0-done_on": tomorrow, "spending-0-amount": "viel"}
    twice = {"spending-1-year": "2026", "spending-1-amount": "5"}

    page = send(reporter, measure, TYPED | wrong | twice)

    assert "Die Maßnahme hätte geendet, bevor sie begann." in page
    assert "Dieser Tag liegt in der Zukunft." in page
    assert "„viel“ ist keine ganze Zahl" in page
    assert not Execution.objects.exists()
    raw = reporter.post(address(measure), form(reporter, measure) | TYPED | wrong).content.decode()
    assert 'value="Brunnen gebohrt"' in raw
    assert 'value="viel"' in raw


def test_year_that_is_there_twice_is_refused_in_words(reporter, measure):
    page = send(reporter, measure, TYPED | {"spending-1-year": "2026", "spending-1-amount": "5"})

    assert "Dieses Jahr steht zweimal da." in page
    assert told() == ([], [])


def test_two_people_who_begin_at_once_lose_nothing(reporter, measure):
    office = browser_of(person("Koordinationsstelle"))
    first, second = form(reporter, measure), form(office, measure)
    reporter.post(address(measure), first | TYPED)

    more = {"milestones-0-title": "Fest", "milestones-0-due_on": "2027-06-01", "ended_on": "2026-06-01"}
    office.post(address(measure), second | more)

    assert told()[0] == ["Beete angelegt", "Brunnen gebohrt", "Fest"]
    kept = Execution.objects.get()
    assert (f"{kept.started_on}", f"{kept.ended_on}") == ("2026-03-02", "2026-06-01")


def test_second_new_row_of_a_measure_is_refused_and_the_form_asked_again(reporter, measure, monkeypatch):
    keep = execution_page.keep_execution

    def refused_once(execution: Execution, **more: Any) -> None:
        monkeypatch.setattr(execution_page, "keep_execution", keep)
        keep(Execution(uid=measure.uid), by=None)
        keep(execution, **more)

    monkeypatch.setattr(execution_page, "keep_execution", refused_once)
    page = send(reporter, measure, TYPED)

    assert "Gespeichert." in page
    assert told()[0] == ["Beete angelegt", "Brunnen gebohrt"]
    with pytest.raises(ValidationError, match="noch einmal"):
        keep(Execution(uid=measure.uid), by=None)


def test_what_both_changed_is_shown_once(reporter, measure):
    office = browser_of(person("Koordinationsstelle"))
    second = form(office, measure)
    send(reporter, measure, {"started_on": "2026-03-02"})

    page = office.post(address(measure), second | {"started_on": "2026-04-01"}).content.decode()

    assert "02.03.2026" in text_of(page)
    assert "01.04.2026" in text_of(page)
    assert Execution.objects.get().started_on == datetime.date(2026, 3, 2)


def test_row_that_is_ticked_is_deleted(reporter, measure):
    send(reporter, measure, TYPED)

    send(reporter, measure, {"milestones-0-DELETE": "on"})

    assert told()[0] == ["Brunnen gebohrt"]


def test_foreign_measure_is_refused(reporter):
    foreign = MeasureFactory(lead=DepartmentFactory())

    answers = [reporter.get(address(foreign)), reporter.post(address(foreign), TYPED)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not Execution.objects.exists()


def test_reports_of_the_measure_lead_there(reporter, measure):
    assert address(measure) in reporter.get(f"/verwaltung/knoten/{measure.uid}/meldungen/").content.decode()


@pytest.mark.parametrize(
    ("due", "in_month", "done", "late"),
    [
        ("2026-05-10", False, None, [False, True, True]),
        ("2026-05-10", True, None, [False, False, True]),
        ("2026-05-10", False, "2026-05-20", [False, False, False]),
    ],
)
def test_milestone_is_late_after_its_day_or_month(due: str, in_month: bool, done: str | None, late: list):
    milestone = Milestone(
        due_on=datetime.date.fromisoformat(due),
        is_due_in_month=in_month,
        done_on=done and datetime.date.fromisoformat(done),
    )

    days = [datetime.date(2026, 5, 10), datetime.date(2026, 5, 31), datetime.date(2026, 6, 1)]

    assert [milestone.is_late(on=day) for day in days] == late


def test_database_refuses_what_forms_refuse():
    uid = "5d1b0f5e-0000-4000-8000-000000000001"
    with pytest.raises(IntegrityError), transaction.atomic():
        Execution.objects.create(uid=uid, started_on="2026-03-02", ended_on="2026-03-01")
    execution = Execution.objects.create(uid=uid, started_on="2026-03-02", ended_on="2026-03-02")
    YearSpending.objects.create(execution=execution, year=2026, amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearSpending.objects.create(execution=execution, year=2026, amount=1)
