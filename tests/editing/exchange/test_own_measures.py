"""From a measure, and from the desk, to its progress: for those who report on it."""

import pytest
from django.utils import timezone

from measures.round_actions import open_round
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, MeasureFactory, ProgressFactory

pytestmark = pytest.mark.django_db

DESK = "/verwaltung/"
FORM = "/verwaltung/measures/progress"


@pytest.fixture
def department():
    return DepartmentFactory(name="Umwelt")


@pytest.fixture
def reporter(department):
    return browser_of(person("Fachbereich", departments=[department]))


def form_of(client, measure) -> str:
    return client.get(f"/verwaltung/measures/measure/{measure.pk}/change/").content.decode()


def test_form_of_a_measure_leads_to_its_report_or_a_new_one(reporter, department):
    fresh, reported = (MeasureFactory(lead=department) for _n in range(2))
    progress = ProgressFactory(measure=reported, state="running", reported_on="2026-10-01")

    first, second = form_of(reporter, fresh), form_of(reporter, reported)

    assert f'href="{FORM}/add/?uid={fresh.uid}">Umsetzungsstand melden</a>' in first
    assert f'href="{FORM}/{progress.pk}/change/">Umsetzungsstand ändern</a>' in second
    assert "(in Umsetzung)" in second


def test_others_read_a_report_where_there_is_one(department):
    fresh, reported = (MeasureFactory(lead=department) for _n in range(2))
    progress = ProgressFactory(measure=reported, state="running", reported_on="2026-10-01")
    editor, reader = browser_of(person("Steuerungsgruppe")), browser_of(person("Lesen"))

    assert f'href="{FORM}/{progress.pk}/change/">Umsetzungsstand</a>' in form_of(editor, reported)
    assert FORM not in form_of(editor, fresh)
    assert FORM not in form_of(reader, reported)


def test_desk_lists_own_measures_those_without_a_report_first(reporter, department):
    for title, day in (("Neu", "2026-10-01"), ("Alt", "2025-10-01")):
        ProgressFactory(
            measure=MeasureFactory(title=title, lead=department), state="running", reported_on=day
        )
    offen = MeasureFactory(title="Offen", lead=department)
    MeasureFactory(title="Fremd", lead=DepartmentFactory())

    page = reporter.get(DESK).content.decode()

    said = text_of(page)
    assert "Umsetzungsstand meiner Maßnahmen (3) Zu 1 davon ist noch nichts gemeldet." in said
    assert said.index("Offen") < said.index("Alt") < said.index("Neu")
    assert f'href="{FORM}/add/?uid={offen.uid}"' in page
    assert "Fremd" not in said


def test_desk_lists_ten_of_them_and_says_so(reporter, department):
    for _number in range(11):
        MeasureFactory(lead=department)

    said = text_of(reporter.get(DESK).content.decode())

    assert said.count("Umsetzungsstand melden") == 10
    assert "Aufgeführt sind die 10, die am längsten warten." in said


def test_who_reports_for_no_department_has_no_such_list(department):
    MeasureFactory(lead=department)
    desks = [browser_of(person(role)).get(DESK) for role in ("Koordinationsstelle", "Fachbereich", "Lesen")]

    assert ["Umsetzungsstand meiner" in desk.content.decode() for desk in desks] == [False, False, False]


def test_desk_leads_into_the_round_that_asks_for_a_measure(reporter, department):
    asked, free = (MeasureFactory(lead=department, title=title) for title in ("Gefragt", "Frei"))
    day = timezone.localdate()
    opened = open_round(title="Halbjahr", key_on=day, due_on=day, uids=[asked.uid], by=None)

    page = reporter.get(DESK).content.decode()

    row = opened.measures.get().pk
    address = f"/verwaltung/berichtsrunden/{opened.slug}/fachbereich/{department.key}/#m{row}"
    assert f'href="{address}">In der Berichtsrunde melden<' in page
    assert f'href="{FORM}/add/?uid={free.uid}">Umsetzungsstand melden<' in page
    assert f'href="/verwaltung/measures/measure/{asked.pk}/change/">' in page
