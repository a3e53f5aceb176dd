"""Where the live records of measures come from: two queries, however many measures there are."""

from collections.abc import Mapping

from measures.models import Department
from measures.progress import Progress
from strategy.document.live_record import LiveRecord


def records(values: Mapping[str, Mapping[str, object]]) -> dict[str, LiveRecord]:
    """A live record for every measure: its progress, its decision status, and whom to ask."""
    departments = {department.pk: department for department in Department.objects.all()}
    by_key = {department.key: _in_charge(department, departments) for department in departments.values()}
    reports = {str(progress.uid): progress for progress in Progress.objects.all()}
    live_records = {}
    for uid, fields in values.items():
        if "lead" not in fields:
            continue
        lead = fields["lead"]
        department = by_key.get(lead["key"]) if isinstance(lead, dict) else None
        live_records[uid] = _record(reports.get(uid) or Progress(uid=uid), department)
    return live_records


def _in_charge(department: Department, departments: Mapping[int, Department]) -> Department:
    seen = set()
    while department.successor_id and department.pk not in seen:
        seen.add(department.pk)
        department = departments[department.successor_id]
    return department


def _record(progress: Progress, department: Department | None) -> LiveRecord:
    decided = progress.decided
    return LiveRecord(
        state=progress.state,
        state_label=str(progress.get_state_display()) if progress.state else "",
        reported_on=progress.reported_on,
        note=progress.note,
        next_step=progress.next_step,
        contact_name=department.name if department else "",
        contact_email=progress.contact_email or (department.email if department else ""),
        decision=decided.status.value,
        decision_label=str(decided.status.label),
        resolutions=tuple(decided.resolutions),
        is_sample=progress.is_sample,
    )
