"""A city with two departments, their measures and an open reporting round, for tests."""

import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from measures.models import Department, Measure
from measures.progress import Progress
from measures.report_actions import report
from measures.reporting_rounds import ReportingRound
from measures.round_actions import open_round
from tests.factories import DepartmentFactory, MeasureFactory, OperationalGoalFactory
from tests.opened_form import opened

PAGES = "/verwaltung/berichtsrunden/"


class City:
    """Umwelt leads `count` measures, Bauen one; two of Umwelt's have been reported on before."""

    def __init__(self, count: int = 3) -> None:
        self.green: Department = DepartmentFactory(key="umwelt", name="Umwelt", email="umwelt@herne.example")
        self.built: Department = DepartmentFactory(key="bauen", name="Bauen", email="")
        goal = OperationalGoalFactory(title="Grün")
        self.measures: list[Measure] = [
            MeasureFactory(title=f"Baum {number}", lead=self.green, parent=goal)
            for number in range(1, count + 1)
        ]
        self.other: Measure = MeasureFactory(title="Radweg", lead=self.built, parent=goal)
        for measure in self.measures[:-1]:
            said(measure, note=f"Es wächst: {measure.title}")

    def open(self, **more: Any) -> ReportingRound:
        today = timezone.localdate()
        given = {
            "title": "Halbjahr",
            "key_on": today - datetime.timedelta(days=3),
            "due_on": today + datetime.timedelta(days=20),
            "uids": [measure.uid for measure in [*self.measures, self.other]],
            "by": None,
        }
        return open_round(**{**given, **more})


def said(measure: Measure, state: str = "running", **more: Any) -> Progress:
    """What was reported on a measure in May, outside of rounds."""
    progress = Progress.objects.filter(uid=measure.uid).first() or Progress(uid=measure.uid)
    for name, value in {"state": state, "reported_on": datetime.date(2026, 5, 1), **more}.items():
        setattr(progress, name, value)
    return report(progress, by=None)


def page_of(asked: ReportingRound, department: Department) -> str:
    return f"{PAGES}{asked.slug}/fachbereich/{department.key}/"


def row(asked: ReportingRound, measure: Measure) -> str:
    """What the names of a measure's fields begin with."""
    return f"m{asked.measures.get(uid=measure.uid).pk}-"


def typed(asked: ReportingRound, measure: Measure, **said: str) -> dict[str, str]:
    """Fields of a measure's row, as a browser sends them."""
    return {f"{row(asked, measure)}{name}": value for name, value in said.items()}


def send(browser: Client, address: str, button: str, *filled_in: dict[str, str], **more: str) -> Any:
    """Open a page, fill its form in, and press a button."""
    page = opened(browser.get(address).content.decode())
    for each in (*filled_in, more):
        page |= each
    return browser.post(address, page | {button: "1"}, follow=True)
