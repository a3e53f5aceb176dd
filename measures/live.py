"""Where the live records of measures come from: six queries, however many measures there are."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from measures.earlier_reports import earlier_reports
from measures.execution import Execution
from measures.models import Department
from measures.progress import Progress
from strategy.document.live_record import LiveRecord


def records(values: Mapping[str, Mapping[str, object]]) -> dict[str, LiveRecord]:
    """A live record for every measure: its progress, its decision status, whom to ask, and how it is carried out."""
    departments = {department.pk: department for department in Department.objects.all()}
    by_key = {department.key: _in_charge(department, departments) for department in departments.values()}
    reports = {str(progress.uid): progress for progress in Progress.objects.all()}
    carried_out, earlier = _executions(), earlier_reports()
    live_records = {}
    for uid, fields in values.items():
        if "lead" not in fields:
            continue
        lead = fields["lead"]
        department = by_key.get(lead["key"]) if isinstance(lead, dict) else None
        live_records[uid] = _record(
            reports.get(uid) or Progress(uid=uid),
            department,
            {**carried_out.get(uid, {}), "earlier": earlier.get(uid, ())},
        )
    return live_records


def _in_charge(department: Department, departments: Mapping[int, Department]) -> Department:
    seen = set()
    while department.successor_id and department.pk not in seen:
        seen.add(department.pk)
        department = departments[department.successor_id]
    return department


def _executions() -> dict[str, dict[str, Any]]:
    """By uid how each measure is carried out, as a LiveRecord has it. Three queries."""
    today = timezone.localdate()
    rows = Execution.objects.prefetch_related("milestones", "spending")
    return {
        str(row.uid): {
            "is_sample": row.is_sample,
            "started_on": row.started_on,
            "ended_on": row.ended_on,
            "milestones": tuple(
                {
                    "title": each.title,
                    "due_on": each.due_on,
                    "is_due_in_month": each.is_due_in_month,
                    "done_on": each.done_on,
                    "is_late": each.is_late(today),
                }
                for each in row.milestones.all()
            ),
            "spending": tuple(
                {"year": each.year, "amount": each.amount, "note": each.note} for each in row.spending.all()
            ),
        }
        for row in rows
    }


def _record(progress: Progress, department: Department | None, more: Mapping[str, Any]) -> LiveRecord:
    decided = progress.decided
    is_sample = progress.is_sample or more.get("is_sample", False)
    return LiveRecord(
        state=progress.state,
        state_label=str(progress.get_state_display()) if progress.state else "",
        reported_on=progress.reported_on,
        note=progress.note,
        next_step=progress.next_step,
        next_step_month=progress.next_step_month,
        contact_name=department.name if department else "",
        contact_email=progress.contact_email or (department.email if department else ""),
        decision=decided.status.value,
        decision_label=str(decided.status.label),
        resolutions=tuple(decided.resolutions),
        **{**more, "is_sample": is_sample},
    )
