"""A published strategy whose measures were reported on in a round that is closed, for tests."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from bench.strategy_data import strategy_data
from measures.progress import Progress, Report
from measures.reporting_rounds import ReportingRound, RoundMeasure
from reporting.actions import freeze_report
from reporting.models import StatusReport
from strategy.editions import actions as editions
from strategy.editions.edition_json import edition_json
from tests.published import nodes

MEASURES = nodes("measure")


def publish_real() -> None:
    """An edition without sample data, of the measures of tests.published."""
    data = strategy_data(len(MEASURES))
    meta = {**data["meta"], "has_sample": False, "edition": {"title": "Echt", "remark": ""}}
    plain = [{**node, "is_sample": False} for node in data["nodes"]]
    editions.publish(editions.store(edition_json(meta, plain), slug="echt"))


def closed_round(title: str = "Halbjahr 1", *, key_on: str = "2026-06-30", **more: Any) -> ReportingRound:
    """A closed round that asked for all measures of tests.published; nothing is reported in it yet."""
    day = datetime.date.fromisoformat(key_on)
    made = ReportingRound.objects.create(
        title=title,
        slug=title.lower().replace(" ", "-"),
        key_on=day,
        due_on=day,
        closed_at=timezone.now(),
        **more,
    )
    RoundMeasure.objects.bulk_create(RoundMeasure(round=made, uid=each["uid"]) for each in MEASURES)
    return made


def say(
    number: int,
    state: str,
    asked: ReportingRound | None,
    note: str = "Weil.",
    kept: Mapping[str, Any] = MappingProxyType({}),
    **more: Any,
) -> Report:
    """A report on a measure (counted from 0): in this round, or outside of rounds. `kept` is what only a report has."""
    said = {"state": state, "reported_on": datetime.date(2026, 6, 1), "note": note, **more}
    uid = MEASURES[number]["uid"]
    Progress.objects.update_or_create(uid=uid, defaults=said)
    return Report.objects.create(uid=uid, round=asked, **said, **kept)


def draft(asked: ReportingRound, **more: Any) -> StatusReport:
    return StatusReport(
        **{"round": asked, "slug": asked.slug, "title": f"Sachstandsbericht {asked.title}", **more}
    )


def frozen(asked: ReportingRound, **more: Any) -> StatusReport:
    return freeze_report(draft(asked, **more), by=None)
