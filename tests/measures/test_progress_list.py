"""The list of progress: found by title and code, one's own first, each report named by its measure."""

import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from measures.models import Department
from measures.progress import Progress
from strategy.editions import actions
from strategy.history import node_actions
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, MeasureFactory, ProgressFactory, StrategyFactory

pytestmark = pytest.mark.django_db

LIST = "/verwaltung/measures/progress/"
ADD = f"{LIST}add/"
SAID = {"state": "running", "reported_on": "2026-10-01", "note": ""}


@pytest.fixture
def department() -> Department:
    return DepartmentFactory(name="Umwelt")


@pytest.fixture
def reporter(department: Department) -> Client:
    return browser_of(person("Fachbereich", departments=[department]))


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle"))


def listed(client: Client, query: str = "") -> list[str]:
    """The measures of the reports, in order."""
    page = client.get(f"{LIST}{query}").content.decode()
    return [unescape(each) for each in re.findall(r'<th class="field-measure"><a [^>]*>(.*?)</a>', page)]


def test_own_measures_are_listed_at_first_and_all_on_demand(reporter, office, department):
    ProgressFactory(measure=MeasureFactory(title="Eigene", lead=department))
    ProgressFactory(measure=MeasureFactory(title="Fremde", lead=DepartmentFactory()))

    assert listed(reporter) == ["1.1.1.1 Eigene"]
    assert listed(reporter, "?federfuehrung=alle") == ["1.1.1.1 Eigene", "2.1.1.1 Fremde"]
    assert listed(office) == ["1.1.1.1 Eigene", "2.1.1.1 Fremde"]


def test_list_is_narrowed_to_a_department_or_to_what_is_gone(office, department):
    ProgressFactory(measure=MeasureFactory(title="Eigene", lead=department))
    ProgressFactory(measure=MeasureFactory(title="Ohne Federführung"))
    gone = ProgressFactory()

    assert listed(office, f"?federfuehrung={department.pk}") == ["1.1.1.1 Eigene"]
    assert listed(office, "?federfuehrung=weg") == [f"{gone.uid} (nicht mehr im Arbeitsstand)"]


@pytest.mark.parametrize("nonsense", ["x", "9" * 30, "-1", "%00"])
def test_filter_that_makes_no_sense_is_left_aside(office, nonsense: str):
    ProgressFactory(measure=MeasureFactory(title="Eine"))

    assert listed(office, f"?federfuehrung={nonsense}") == ["1.1.1.1 Eine"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("baeume", ["1.1.1.1 Bäume pflanzen"]),
        ("PFLANZEN bäume", ["1.1.1.1 Bäume pflanzen"]),
        ("2.1", ["2.1.1.1 Dächer"]),
        ("Wälder", []),
    ],
)
def test_search_finds_title_and_code(office, text: str, found: list[str]):
    ProgressFactory(measure=MeasureFactory(title="Bäume pflanzen"))
    ProgressFactory(measure=MeasureFactory(title="Dächer"))

    assert listed(office, f"?q={text}") == found


def test_measure_that_is_gone_is_named_by_what_is_known(office):
    deleted, published = MeasureFactory(title="Gelöscht"), MeasureFactory(title="Veröffentlicht")
    for measure in (deleted, published):
        ProgressFactory(measure=measure)
    node_actions.delete(deleted)
    StrategyFactory(edition_title="Herbst")
    actions.publish(actions.freeze(slug="herbst"))
    type(published).objects.filter(pk=published.pk).delete()  # leaves no record

    assert listed(office) == [
        f"{title} (nicht mehr im Arbeitsstand)" for title in ("Gelöscht", "Veröffentlicht")
    ]


def test_order_is_that_of_the_tree(office):
    measures = [MeasureFactory(title=f"Maßnahme {n}") for n in range(3)]
    for measure in (measures[2], measures[0], measures[1]):
        ProgressFactory(measure=measure)

    assert listed(office) == ["1.1.1.1 Maßnahme 0", "2.1.1.1 Maßnahme 1", "3.1.1.1 Maßnahme 2"]


def test_form_is_headed_by_the_measure_which_cannot_be_changed_in_it(reporter, department):
    progress = ProgressFactory(measure=MeasureFactory(title="Eigene", lead=department))
    other = MeasureFactory(title="Andere", lead=department)
    address = f"{LIST}{progress.pk}/change/"

    page = reporter.get(address).content.decode()
    reporter.post(address, {"uid": str(other.uid), **SAID})

    assert "<h1>1.1.1.1 Eigene</h1>" in page
    assert str(progress.uid) not in text_of(page)
    assert 'name="uid"' not in page
    assert (Progress.objects.get().uid, Progress.objects.get().state) == (progress.uid, "running")


def test_only_measures_without_a_report_are_offered_and_none_is_chosen(reporter, department):
    ProgressFactory(measure=MeasureFactory(title="Gemeldet", lead=department))
    MeasureFactory(title="Offen", lead=department)

    select = reporter.get(ADD).content.decode().partition('<select name="uid"')[2].partition("</select>")[0]

    assert re.findall(r"<option([^>]*)>([^<]*)", select)[0] == (' value="" selected', "---------")
    assert [text for _value, text in re.findall(r"<option([^>]*)>([^<]*)", select)] == [
        "---------",
        "2.1.1.1 Offen",
    ]


def test_address_of_a_measure_opens_its_report_or_a_new_one_for_it(reporter, department):
    reported, fresh = (MeasureFactory(title=title, lead=department) for title in ("Gemeldet", "Offen"))
    progress = ProgressFactory(measure=reported)

    answer = reporter.get(f"{ADD}?uid={reported.uid}")
    page = reporter.get(f"{ADD}?uid={fresh.uid}").content.decode()

    assert answer["Location"] == f"{LIST}{progress.pk}/change/"
    assert f'<option value="{fresh.uid}" selected>' in page
    assert reporter.get(f"{ADD}?uid=unsinn").status_code == 200


def test_measure_reported_on_meanwhile_is_said_and_nothing_typed_is_lost(reporter, department):
    measure = MeasureFactory(lead=department)
    ProgressFactory(measure=measure)

    page = reporter.post(ADD, {"uid": str(measure.uid), **SAID, "note": "Die ersten Beete"}).content.decode()

    assert "Zu dieser Maßnahme wurde inzwischen gemeldet." in text_of(page)
    assert "Die ersten Beete" in page
    assert Progress.objects.get().state == ""


def test_message_names_the_measure(reporter, department):
    measure = MeasureFactory(title="Eigene", lead=department)

    answer = reporter.post(ADD, {"uid": str(measure.uid), **SAID})

    assert "1.1.1.1 Eigene" in " ".join(str(each) for each in get_messages(answer.wsgi_request))


def test_number_of_queries_does_not_grow_with_the_reports(office):
    ProgressFactory(measure=MeasureFactory())
    ProgressFactory()
    office.get(LIST)
    with CaptureQueriesContext(connection) as with_two:
        office.get(LIST)
    for _number in range(3):
        ProgressFactory(measure=MeasureFactory())
        ProgressFactory()
    with CaptureQueriesContext(connection) as with_eight:
        office.get(LIST)

    assert len(with_eight) == len(with_two)
