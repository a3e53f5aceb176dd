"""The coordination opens a round, sees how far it is, changes and closes it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures.models import Measure
from measures.reporting_rounds import ReportingRound
from measures.round_actions import close_round
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.reporting.rounds import PAGES, City, page_of, said, send, typed
from tests.factories import DepartmentFactory, MeasureFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db


def asked_for(asked: ReportingRound) -> set[str]:
    return set(Measure.objects.filter(uid__in=asked.measures.values("uid")).values_list("title", flat=True))


def test_round_is_opened_with_what_stands_in_the_form_for_all_measures(office, city):
    answer = send(office, f"{PAGES}neu/", "_save")

    [asked] = ReportingRound.objects.all()
    today = timezone.localdate()
    assert (asked.key_on, asked.due_on) == (today, today + datetime.timedelta(weeks=3))
    assert (asked.is_open, asked.is_published_at_once, asked.opened_by.username) == (True, False, "kora")
    assert asked_for(asked) == {"Baum 1", "Baum 2", "Baum 3", "Radweg"}
    assert {each.department.name for each in asked.measures.all()} == {"Umwelt", "Bauen"}
    assert "fragt nach 4 Maßnahmen" in text_of(answer.content.decode())
    assert answer.redirect_chain[-1][0] == f"{PAGES}{asked.slug}/"


def test_form_that_is_sent_twice_opens_one_round(office, city):
    page = opened(office.get(f"{PAGES}neu/").content.decode())

    for _time in range(2):
        office.post(f"{PAGES}neu/", page)

    assert ReportingRound.objects.count() == 1


def test_round_asks_for_a_part_only(office, city):
    MeasureFactory(title="Chor")
    theme = Measure.objects.get(title="Baum 1").path[:4]

    choice = {
        "themes": str(Node.objects.get(path=theme).pk),
        "departments": str(city.green.pk),
        "codes": "1.1.1.1; 1.1.1.4",
    }

    send(office, f"{PAGES}neu/", "_save", choice)

    assert asked_for(ReportingRound.objects.get()) == {"Baum 1"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"codes": "9.9.9"}, "Eine Maßnahme mit dieser Nummer gibt es nicht: 9.9.9."),
        ({"departments": "0"}, "Bei dieser Auswahl bleibt keine Maßnahme übrig."),
        ({"due_on": "2020-01-01"}, "Dieser Tag ist vorbei."),
        ({"title": ""}, "Titel"),
        ({"key_on": "Unsinn"}, "Stichtag"),
    ],
)
def test_wrong_choice_is_said_and_opens_nothing(office, city, wrong, says):
    answer = send(office, f"{PAGES}neu/", "_save", {"note": "Bitte kurz."} | wrong)

    page = answer.content.decode()
    assert says in text_of(page)
    assert "Bitte kurz." in page
    assert not ReportingRound.objects.exists()


def test_measure_is_asked_for_in_one_open_round_at_a_time(office, city):
    first = city.open()

    answer = send(office, f"{PAGES}neu/", "_save")
    assert "Nach 4 dieser Maßnahmen fragt schon die offene Berichtsrunde „Halbjahr“." in text_of(
        answer.content.decode()
    )

    close_round(first, seen=4, by=None)
    send(office, f"{PAGES}neu/", "_save")
    assert ReportingRound.objects.count() == 2


def test_two_rounds_of_one_title_have_two_addresses_and_none_is_that_of_the_form(city):
    titles = ["Neu", "Neu", "Halbjahr"]

    slugs = [
        city.open(title=title, uids=[each.uid]).slug
        for title, each in zip(titles, city.measures, strict=True)
    ]

    assert slugs == ["neu-2", "neu-3", "halbjahr"]


def test_overview_says_by_department_what_is_missing_and_never_by_person(office, reporter, city):
    asked = city.open()
    send(reporter, page_of(asked, city.green), "abgeben", typed(asked, city.measures[0], is_unchanged="on"))
    send(
        reporter,
        page_of(asked, city.green),
        "speichern",
        typed(asked, city.measures[1], state="done", note="Ja"),
    )

    text = text_of(office.get(f"{PAGES}{asked.slug}/").content.decode())

    assert "Zu 1 von 4 Maßnahmen ist gemeldet." in text
    assert "Bauen 1 von 1" in text
    assert "Umwelt 2 von 3 1 1" in text  # missing, of it saved, to be checked
    assert "Niemand meldet für ihn" in text  # Bauen has neither a person nor an address
    assert "umut" not in text


def test_due_date_and_note_are_changed_and_who_saves_second_undoes_nothing(office, city):
    asked = city.open()
    address = f"{PAGES}{asked.slug}/aendern/"
    other = opened(office.get(address).content.decode())
    due = timezone.localdate() + datetime.timedelta(days=40)

    send(office, address, "_save", due_on=f"{due}")
    office.post(address, other | {"note": "Länger"})

    asked.refresh_from_db()
    assert (asked.due_on, asked.note) == (due, "Länger")
    assert asked_for(asked) == {"Baum 1", "Baum 2", "Baum 3", "Radweg"}


def test_round_is_closed_with_departments_missing_who_are_named_before(office, city):
    asked = city.open()
    address = f"{PAGES}{asked.slug}/abschliessen/"

    text = text_of(office.get(address).content.decode())
    send(office, address, "_save")

    assert "Zu 4 Maßnahmen fehlt die Meldung." in text
    assert "Bauen: 1 von 1" in text and "Umwelt: 3 von 3" in text
    asked.refresh_from_db()
    assert (asked.is_open, asked.closed_by.username) == (False, "kora")


def test_round_is_not_closed_where_something_was_reported_since_or_waits(office, reporter, city):
    asked = city.open(is_published_at_once=True)
    address = f"{PAGES}{asked.slug}/abschliessen/"
    seen = opened(office.get(address).content.decode())
    send(reporter, page_of(asked, city.green), "abgeben", typed(asked, city.measures[0], is_unchanged="on"))

    answer = office.post(address, seen, follow=True)

    assert "ist etwas gemeldet worden" in text_of(answer.content.decode())
    for forged in ("", "viele", "9" * 40):
        office.post(address, {"seen": forged})
    asked.refresh_from_db()
    assert asked.is_open


def test_round_with_reports_to_be_checked_is_not_closed(office, reporter, city):
    asked = city.open()
    send(reporter, page_of(asked, city.green), "abgeben", typed(asked, city.measures[0], is_unchanged="on"))

    page = office.get(f"{PAGES}{asked.slug}/abschliessen/").content.decode()
    office.post(f"{PAGES}{asked.slug}/abschliessen/", {"seen": "4"})

    assert "1 Meldung ist abgegeben und nicht veröffentlicht." in text_of(page)
    assert 'name="seen"' not in page
    asked.refresh_from_db()
    assert asked.is_open


def test_list_and_overview_take_the_same_number_of_queries_for_one_and_for_three(office, city):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as made:
            assert office.get(address).status_code == 200
        return len(made)

    one = city.open(uids=[city.other.uid])
    close_round(one, seen=1, by=None)
    queries(PAGES)
    few = queries(PAGES), queries(f"{PAGES}{one.slug}/")
    for number in range(2):
        close_round(city.open(uids=[city.other.uid]), seen=1, by=None)
        said(MeasureFactory(title=f"Weg {number}", lead=DepartmentFactory(name=f"Amt {number}")))
    every = city.open(uids=list(Measure.objects.values_list("uid", flat=True)))
    close_round(every, seen=6, by=None)

    assert (queries(PAGES), queries(f"{PAGES}{every.slug}/")) == few


def test_open_rounds_are_listed_before_closed_ones(office, city):
    still_open = city.open(title="Offene", uids=[city.other.uid])
    close_round(city.open(title="Geschlossene", uids=[city.measures[0].uid]), seen=1, by=None)

    text = text_of(office.get(PAGES).content.decode())

    assert text.index(still_open.title) < text.index("Geschlossene")


def test_departments_see_their_rounds_and_not_the_overview(reporter, city):
    asked = city.open()
    other = browser_of(person("Fachbereich", departments=[city.built], name="bea"))

    mine, theirs = (each.get(PAGES).content.decode() for each in (reporter, other))

    assert page_of(asked, city.green) in mine and page_of(asked, city.built) not in mine
    assert page_of(asked, city.built) in theirs
    assert reporter.get(f"{PAGES}{asked.slug}/").status_code == 403
    assert f'href="{PAGES}neu/"' not in mine


def test_what_waits_for_me_leads_to_the_open_round_first(reporter, city: City):
    asked = city.open()

    page = reporter.get("/verwaltung/was-bei-mir-liegt/").content.decode()

    assert "Umwelt hat bis" in text_of(page) and "noch zu 3 Maßnahmen zu melden" in text_of(page)
    assert page.index(page_of(asked, city.green)) < page.index("Umsetzungsstand meiner Maßnahmen")
    assert "Bei Ihnen liegt nichts" not in text_of(page)
