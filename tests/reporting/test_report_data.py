"""What a status report says: of its round, of what was to be reached, of what the council decided, of cost."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.execution import Execution, Milestone, YearSpending
from measures.models import District
from measures.progress import Progress, Report
from reporting.report_data import mark_of, not_in_report, report_data
from tests.published import nodes, publish
from tests.reporting.closed_rounds import MEASURES, closed_round, draft, frozen, say

pytestmark = pytest.mark.django_db


def data_of(asked) -> dict[str, Any]:
    return report_data(draft(asked))


def said(data: dict[str, Any], number: int) -> dict[str, Any]:
    return next(each for each in data["measures"] if each["uid"] == MEASURES[number]["uid"])


def late(data: dict[str, Any]) -> list[list[str]]:
    return [each["reasons"] for each in data["late"]]


def of_year(start: int | None, end: int | None) -> dict[str, Any]:
    return {"values": {**MEASURES[0]["values"], "start_year": start, "end_year": end, "is_ongoing": False}}


def publish_without_periods(**changed: dict[str, Any]) -> None:
    """So that only what a test says is late."""
    plain = {
        each["slug"].replace("-", "_"): {"values": {**each["values"], "start_year": None, "end_year": None}}
        for each in MEASURES
    }
    publish(**{**plain, **changed})


def test_round_counts_and_what_was_said_before_it_is_shown_as_such():
    publish()
    asked = closed_round()
    say(0, "running", None, "Vorher.", {"reported_at": datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)})
    say(1, "done", asked, "Fertig.", obstacle="Keins.", decision_needed="Stelle")

    data = data_of(asked)

    assert (said(data, 0)["note"], said(data, 0)["is_reported"]) == ("Vorher.", False)
    assert (said(data, 1)["note"], said(data, 1)["is_reported"]) == ("Fertig.", True)
    assert said(data, 1)["decision_needed"] == "Stelle"
    assert said(data, 2)["state_label"] == "nicht gemeldet"
    assert data["meta"]["reported"] == 1
    assert [(each["label"], each["count"]) for each in data["states"]] == [
        ("in Umsetzung", 1),
        ("abgeschlossen", 1),
        ("nicht gemeldet", 10),
    ]


def test_what_is_said_after_the_round_was_closed_waits_for_the_next_but_corrections_count():
    publish()
    asked = closed_round()
    wrong = say(0, "running", asked, "Falsch.")
    asked.closed_at = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
    asked.save()
    later = datetime.datetime(2026, 8, 1, tzinfo=datetime.UTC)
    correction = {"corrects": wrong, "correction_note": "Zahl", "reported_at": later}
    say(0, "running", None, "Richtig.", correction)
    say(1, "running", None, "Später.", {"reported_at": later})

    data = data_of(asked)

    assert said(data, 0)["note"] == "Richtig."
    assert said(data, 1)["state"] == ""


def test_changes_are_those_since_the_report_before():
    publish("alt", without=MEASURES[2]["slug"])
    first = closed_round("Erste")
    say(0, "preparing", first)
    say(1, "running", first)
    before = frozen(first)
    publish("neu", without=MEASURES[3]["slug"])
    second = closed_round("Zweite")
    say(0, "running", second, "Es geht los.")
    say(1, "running", second)

    data = data_of(second)

    assert data["meta"]["previous"] == {"slug": before.slug, "title": before.title}
    assert [(each["was"], each["now"], each["note"]) for each in data["changes"]] == [
        ("in Vorbereitung", "in Umsetzung", "Es geht los."),
        ("nicht in der Strategie", "nicht gemeldet", ""),
        ("nicht gemeldet", "nicht mehr in der Strategie", ""),
    ]


def test_first_report_has_nothing_to_compare_with():
    publish()
    data = data_of(closed_round())

    assert (data["meta"]["previous"], data["changes"]) == (None, [])


def test_late_is_what_was_to_be_reached_by_the_key_date():
    publish_without_periods()
    asked = closed_round(key_on="2026-06-30")
    execution = Execution.objects.create(uid=MEASURES[0]["uid"])
    for title, due, more in (
        ("Zaun", "2026-06-15", {}),
        ("Beete", "2026-05-01", {"done_on": "2026-05-01"}),
        ("Brunnen", "2026-06-01", {"is_due_in_month": True}),
        ("Weg", "2026-05-20", {"is_due_in_month": True}),
        ("Fest", "2026-07-01", {}),
    ):
        Milestone.objects.create(execution=execution, title=title, due_on=due, **more)
    say(0, "running", asked, next_step="Ausschreibung", next_step_month=datetime.date(2026, 5, 1))
    say(1, "running", asked, next_step="Bau", next_step_month=datetime.date(2026, 6, 1))

    assert late(data_of(asked)) == [
        [
            "Meilenstein „Weg“ war fällig im Mai 2026",
            "Meilenstein „Zaun“ war fällig am 15. Juni 2026",
            "Nächster Schritt im Mai 2026 war: Ausschreibung",
        ]
    ]


@pytest.mark.parametrize(
    ("state", "start", "end", "reasons"),
    [
        ("not_started", 2025, None, ["Geplanter Beginn war 2025"]),
        ("running", 2025, 2025, ["Geplantes Ende war 2025"]),
        ("running", 2025, 2026, []),
        ("permanent", 2020, 2025, []),
        ("done", 2020, 2025, []),
        ("stopped", 2020, 2025, []),
    ],
)
def test_planned_period_that_is_over_is_late(state: str, start: int, end: int | None, reasons: list[str]):
    publish_without_periods(**{MEASURES[0]["slug"].replace("-", "_"): of_year(start, end)})
    asked = closed_round(key_on="2026-06-30")
    say(0, state, asked)

    assert late(data_of(asked)) == ([reasons] if reasons else [])


def test_decisions_stand_with_what_became_of_them():
    publish()
    asked = closed_round()
    say(0, "stopped", asked, "Kein Geld.")
    decided = {
        **{"matter": "Umsetzung", "body": "Rat", "held_on": "2026-03-17", "result": "beschlossen"},
        **{"reference": "2026/0200", "name": "Gärten", "url": "", "consultations": []},
    }
    Progress.objects.filter(uid=MEASURES[0]["uid"]).update(
        resolutions=[decided, {**decided, "held_on": "2026-05-05"}]
    )

    decisions = data_of(asked)["decisions"]

    assert [each["held_on"] for each in decisions] == ["2026-05-05", "2026-03-17"]
    assert (decisions[0]["reference"], decisions[0]["state_label"], decisions[0]["note"]) == (
        "2026/0200",
        "eingestellt",
        "Kein Geld.",
    )


def test_costs_are_summed_with_those_that_name_none():
    District.objects.create(key="x", name="Sodingen")
    values = {"lead": {"key": "a", "name": "Amt A"}, "districts": [], "cost_once": None, "cost_yearly": None}
    both = [{"key": "x", "name": "Sodingen"}, {"key": "y", "name": "Wanne"}]
    given = [
        {**values, "cost_once": 70000, "districts": both},
        {**values, "cost_yearly": 5000, "districts": both[:1]},
        {**values, "lead": None},
    ]
    three = nodes("measure", measures=3)
    changed = {
        each["slug"].replace("-", "_"): {"values": {**each["values"], **more}}
        for each, more in zip(three, given, strict=True)
    }
    publish(measures=3, **changed)
    execution = Execution.objects.create(uid=three[0]["uid"])
    YearSpending.objects.create(execution=execution, year=2026, amount=1200)

    costs = data_of(closed_round())["costs"]

    def rows(key: str) -> list[tuple[Any, ...]]:
        return [tuple(each.values()) for each in costs[key]]

    assert tuple(costs["total"].values()) == ("alle Maßnahmen", 3, 70000, 5000, 1200, 1)
    assert rows("departments") == [("Amt A", 2, 70000, 5000, 1200, 0), ("ohne Angabe", 1, 0, 0, 0, 1)]
    assert rows("districts") == [
        ("Sodingen", 2, 70000, 5000, 1200, 0),
        ("Wanne", 1, 70000, 0, 1200, 0),
        ("ohne Angabe", 1, 0, 0, 0, 1),
    ]


def test_open_round_and_a_city_without_an_edition_have_no_report():
    asked = closed_round()
    with pytest.raises(ValidationError, match="keine Fassung veröffentlicht"):
        data_of(asked)
    publish()
    asked.closed_at = None
    with pytest.raises(ValidationError, match="läuft noch"):
        data_of(asked)


def test_measures_that_the_edition_lacks_are_named():
    publish(without=MEASURES[0]["slug"])
    asked = closed_round()

    assert not_in_report(asked, data_of(asked)) == [MEASURES[0]["uid"]]


def test_mark_tells_what_was_seen_and_not_what_is_typed():
    publish()
    asked = closed_round()
    before = mark_of(data_of(asked))

    assert mark_of(report_data(draft(asked, title="Anders", foreword="Liebe Leute"))) == before
    say(0, "running", asked)
    assert mark_of(data_of(asked)) != before


def test_queries_do_not_grow_with_what_is_reported():
    publish()
    asked = closed_round()

    def queries(numbers: range) -> int:
        for number in numbers:
            execution = Execution.objects.create(uid=MEASURES[number]["uid"])
            Milestone.objects.create(execution=execution, title="Zaun", due_on="2026-05-01")
            say(number, "running", asked)
        with CaptureQueriesContext(connection) as seen:
            data_of(asked)
        return len(seen)

    assert queries(range(1)) == queries(range(1, 4))
    assert Report.objects.count() == 4
