"""Progress in the admin: departments report on the measures that they lead, and read all others."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.models import Department
from measures.progress import Progress
from measures.round_actions import open_round
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, MeasureFactory, ProgressFactory

pytestmark = pytest.mark.django_db

ADD = "/verwaltung/measures/progress/add/"
SAID = {"state": "running", "reported_on": "2026-10-01", "note": ""}


@pytest.fixture
def department() -> Department:
    return DepartmentFactory(name="Umwelt")


@pytest.fixture
def reporter(department: Department) -> Client:
    return browser_of(person("Fachbereich", departments=[department]))


def offered(browser: Client) -> set[str]:
    """The measures that the form offers."""
    page = browser.get(ADD).content.decode()
    select = page.partition('<select name="uid"')[2].partition("</select>")[0]
    return set(re.findall(r"<option value=\"[^\"]+\"[^>]*>(?:[\d.]+ )?(.*?)</option>", select))


def change(progress: Progress) -> str:
    return reverse("admin:measures_progress_change", args=[progress.pk])


def test_only_measures_of_the_own_department_are_offered(reporter: Client, department: Department):
    MeasureFactory(title="Eigene", lead=department)
    MeasureFactory(title="Fremde", lead=DepartmentFactory())
    MeasureFactory(title="Ohne Federführung")

    assert offered(reporter) == {"Eigene"}


def test_coordination_is_offered_all(department: Department):
    MeasureFactory(title="Eine", lead=department)
    MeasureFactory(title="Andere")

    assert offered(browser_of(person("Koordinationsstelle"))) == {"Eine", "Andere"}


def test_forged_measure_is_refused(reporter: Client):
    foreign = MeasureFactory(lead=DepartmentFactory())

    page = reporter.post(ADD, {"uid": str(foreign.uid), **SAID})

    assert "Bitte eine gültige Auswahl treffen." in page.content.decode()
    assert not Progress.objects.exists()


def test_report_cannot_be_moved_to_a_foreign_measure(reporter: Client, department: Department):
    progress = ProgressFactory(measure=MeasureFactory(lead=department))
    foreign = MeasureFactory(lead=DepartmentFactory())

    reporter.post(change(progress), {"uid": str(foreign.uid), **SAID})

    assert Progress.objects.get().uid == progress.uid


def test_foreign_report_is_read_with_its_measure(reporter: Client):
    progress = ProgressFactory(measure=MeasureFactory(title="Fremde", lead=DepartmentFactory()))

    page = reporter.get(change(progress)).content.decode()
    refused = reporter.post(change(progress), {"uid": str(progress.uid), **SAID}).status_code

    assert "Fremde" in page
    assert 'name="state"' not in page
    assert refused == 403
    assert Progress.objects.get().state == ""


def test_report_outlives_the_measure_and_is_then_for_the_coordination(reporter: Client):
    progress = ProgressFactory()

    data = {"uid": str(progress.uid), **SAID}
    refused = reporter.post(change(progress), data).status_code
    browser_of(person("Koordinationsstelle")).post(change(progress), data)

    assert refused == 403
    assert Progress.objects.get().state == "running"


def test_reporter_without_a_department_is_offered_nothing():
    MeasureFactory(title="Ohne Federführung")
    MeasureFactory(lead=DepartmentFactory())

    assert offered(browser_of(person("Fachbereich"))) == set()


def test_month_obstacle_and_decision_are_kept(reporter: Client, department: Department):
    measure = MeasureFactory(title="Eigene", lead=department)
    said = {"next_step": "Fest", "next_step_month": "2027-03", "obstacle": "Hürde", "decision_needed": "Geld"}

    reporter.post(ADD, {"uid": str(measure.uid), **SAID, **said})

    progress = Progress.objects.get()
    assert (progress.obstacle, progress.decision_needed) == ("Hürde", "Geld")
    assert f"{progress.next_step_month}" == "2027-03-01"


def test_form_leads_to_the_open_round_that_asks_for_the_measure(reporter: Client, department: Department):
    progress = ProgressFactory(measure=MeasureFactory(title="Eigene", lead=department))
    fresh = MeasureFactory(title="Neue", lead=department)
    day = datetime.date(2099, 1, 1)
    asked = open_round(title="Halbjahr", key_on=day, due_on=day, uids=[progress.uid], by=None)
    way = reverse("editing:round_department", args=[asked.slug, department.key])

    assert f'href="{way}"' in reporter.get(change(progress)).content.decode()
    assert f'href="{way}"' not in reporter.get(f"{ADD}?uid={fresh.uid}").content.decode()
    assert f'href="{way}"' not in reporter.get(f"{ADD}?uid=unsinn").content.decode()


def test_number_of_queries_does_not_grow_with_the_measures(reporter: Client, department: Department):
    MeasureFactory(lead=department)
    reporter.get(ADD)  # notes the session
    with CaptureQueriesContext(connection) as with_one:
        reporter.get(ADD)
    for _number in range(3):
        MeasureFactory(lead=department)
    with CaptureQueriesContext(connection) as with_four:
        reporter.get(ADD)

    assert len(with_four) == len(with_one)
