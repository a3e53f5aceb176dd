"""Making the data of a status report: of the shown edition, of what was reported in the round, and of live records.

What is said in words here is frozen, so it is German (docs/adr/0015-where-german-stands.md).
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from measures.execution import Execution, Milestone
from measures.models import District
from measures.progress import Report
from measures.reporting_rounds import ReportingRound
from reporting.cost_sums import cost_sums
from reporting.models import StatusReport
from reporting.report_content import FORMAT
from strategy.document.data import Plain, canonical_json, digest_of
from strategy.document.document import Document, Entry
from strategy.document.live_record import LiveRecord
from strategy.editions import live
from strategy.editions.library import library

State = Report.State
OVER = (State.DONE, State.STOPPED)


def report_data(report: StatusReport) -> dict[str, Plain]:
    """The data of this report as they are now. ValidationError where the round is open, or no edition is shown."""
    shown = library.look()
    if report.round.is_open:
        raise ValidationError(_("The reporting round is still open. Please close it first."))
    if shown.edition is None or shown.frozen is None:
        raise ValidationError(_("No edition is published: a status report is about the shown one."))
    day = min(report.round.key_on, timezone.localdate())
    said, asked = _statements(report.round)
    known = live.records(shown.frozen)
    executions = {str(row.uid): row for row in Execution.objects.prefetch_related("milestones", "spending")}
    measures = [
        _measure(entry, said.get(entry.uid), known.get(entry.uid) or LiveRecord(), entry.uid in asked)
        for entry in shown.frozen.all_measures
    ]
    before = StatusReport.objects.frozen().exclude(pk=report.pk).first()
    return {
        "format": FORMAT,
        "meta": {
            "city": shown.frozen.meta["city"],
            "strategy": shown.frozen.meta["title"],
            "title": report.title,
            "slug": report.slug,
            "key_on": report.round.key_on.isoformat(),
            "frozen_on": timezone.localdate().isoformat(),
            "edition": {
                "slug": shown.edition.slug,
                "title": shown.edition.title,
                "digest": shown.edition.digest,
            },
            "previous": before and {"slug": before.slug, "title": before.title},
            "reported": sum(each["is_reported"] for each in measures),
            "has_sample": shown.frozen.has_sample or report.round.is_sample,
        },
        "foreword": report.foreword,
        "states": _states(measures),
        "measures": measures,
        "changes": list(_changes(before.content.measures, measures)) if before else [],
        "late": list(_late(shown.frozen, measures, executions, day)),
        "decisions": _decisions(measures, known),
        "costs": cost_sums(shown.frozen, measures, District.objects.values_list("name", flat=True)),
    }


def mark_of(data: Mapping[str, Plain]) -> str:
    """Stands for all that a report would say beside what its form asks for: what was seen is what is frozen."""
    meta = {**data["meta"], "title": "", "frozen_on": ""}
    return digest_of(canonical_json({**data, "meta": meta, "foreword": ""}))[:16]


def not_in_report(asked: ReportingRound, data: Mapping[str, Plain]) -> list[str]:
    """The uids of measures that the round asks for and that the shown edition, and so the report, lacks."""
    said = {each["uid"] for each in data["measures"]}
    return [uid for uid in map(str, asked.measures.values_list("uid", flat=True)) if uid not in said]


def _statements(asked: ReportingRound) -> tuple[dict[str, Report], set[str]]:
    """What was said last on each measure until the round was closed, or in it; and on which it was in the round.

    A report of the round that is corrected later counts as it was corrected.
    """
    said: dict[str, Report] = {}
    in_round: dict[int, str] = {}
    for row in Report.objects.order_by("pk"):
        is_of_round = row.round_id == asked.pk or row.corrects_id in in_round
        if is_of_round:
            in_round[row.pk] = str(row.uid)
        is_earlier = row.reported_at is None or (
            asked.closed_at is not None and row.reported_at <= asked.closed_at
        )
        if is_of_round or is_earlier:
            said[str(row.uid)] = row
    return said, set(in_round.values())


def _measure(entry: Entry, said: Report | None, known: LiveRecord, is_reported: bool) -> dict[str, Plain]:
    says = said or Report()
    return {
        "uid": entry.uid,
        "code": entry.code,
        "title": entry.title,
        "path": entry.path,
        "theme": entry.theme.name,
        "lead": ", ".join(entry.said("lead")),
        "districts": entry.said("districts"),
        "cost_once": entry.values.get("cost_once"),
        "cost_yearly": entry.values.get("cost_yearly"),
        "spent": known.spent,
        "state": says.state,
        "state_label": str(says.get_state_display()) if says.state else "nicht gemeldet",
        "reported_on": says.reported_on.isoformat() if says.reported_on else "",
        "note": says.note,
        "next_step": says.next_step,
        "next_step_month": says.next_step_month.isoformat() if says.next_step_month else "",
        "obstacle": says.obstacle,
        "decision_needed": says.decision_needed,
        "decision": known.decision_label,
        "is_reported": is_reported,
    }


def _states(measures: Iterable[Mapping[str, Plain]]) -> list[dict[str, Plain]]:
    counts = Counter(each["state"] for each in measures)
    labels = [*State.choices, ("", "nicht gemeldet")]
    return [{"key": key, "label": str(label), "count": counts[key]} for key, label in labels if counts[key]]


def _changes(
    before: Iterable[Mapping[str, Plain]], now: Iterable[Mapping[str, Plain]]
) -> Iterator[dict[str, Plain]]:
    """Measures in another state than the report before gave, those that it lacked, and those that are gone."""
    old = {each["uid"]: each for each in before}
    for each in now:
        was = old.pop(each["uid"], None)
        if was is None:
            yield _change(each, "nicht in der Strategie", each["state_label"])
        elif was["state"] != each["state"]:
            yield _change(each, was["state_label"], each["state_label"])
    for each in old.values():
        yield _change({**each, "note": ""}, each["state_label"], "nicht mehr in der Strategie")


def _change(measure: Mapping[str, Plain], was: str, now: str) -> dict[str, Plain]:
    return {**_named(measure), "was": was, "now": now, "note": measure["note"]}


def _named(measure: Mapping[str, Plain]) -> dict[str, Plain]:
    return {name: measure[name] for name in ("uid", "code", "title")}


def _late(
    document: Document,
    measures: Iterable[Mapping[str, Plain]],
    executions: Mapping[str, Execution],
    day: datetime.date,
) -> Iterator[dict[str, Plain]]:
    for each in measures:
        if each["state"] in OVER:
            continue
        execution = executions.get(each["uid"])
        milestones = execution.milestones.all() if execution else ()
        reasons = [
            *(_late_milestone(milestone) for milestone in milestones if milestone.is_late(day)),
            *_late_step(each, day),
            *_late_period(document.by_uid[each["uid"]].values, each["state"], day),
        ]
        if reasons:
            yield {**_named(each), "lead": each["lead"], "reasons": reasons}


def _late_milestone(milestone: Milestone) -> str:
    due = _month(milestone.due_on) if milestone.is_due_in_month else f"am {_day(milestone.due_on)}"
    return f"Meilenstein „{milestone.title}“ war fällig {due}"


def _late_step(measure: Mapping[str, Plain], day: datetime.date) -> Iterator[str]:
    if measure["next_step_month"]:
        month = datetime.date.fromisoformat(measure["next_step_month"])
        if (month.year, month.month) < (day.year, day.month):
            yield f"Nächster Schritt {_month(month)} war: {measure['next_step']}"


def _late_period(values: Mapping[str, Any], state: str, day: datetime.date) -> Iterator[str]:
    start, end = values.get("start_year"), values.get("end_year")
    if start and start < day.year and state == State.NOT_STARTED:
        yield f"Geplanter Beginn war {start}"
    if end and end < day.year and state != State.PERMANENT:
        yield f"Geplantes Ende war {end}"


def _decisions(
    measures: Iterable[Mapping[str, Plain]], known: Mapping[str, LiveRecord]
) -> list[dict[str, Plain]]:
    """What the council decided on single measures, the newest first, and how far these are."""
    rows = [
        {
            **_named(each),
            **{name: decided[name] for name in ("held_on", "body", "matter", "result", "reference", "url")},
            "state_label": each["state_label"],
            "note": each["note"],
        }
        for each in measures
        for decided in (known[each["uid"]].resolutions if each["uid"] in known else ())
    ]
    return sorted(rows, key=lambda row: row["held_on"], reverse=True)


def _day(day: datetime.date) -> str:
    return date_format(day, "j. F Y")


def _month(day: datetime.date) -> str:
    return f"im {date_format(day, 'F Y')}"
