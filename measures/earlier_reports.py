"""Which earlier reports on a measure readers may see: what was said, without those who said it."""

from collections import defaultdict
from typing import Any

from measures.progress import Report

_FIELDS = ("state", "reported_on", "note", "next_step", "next_step_month", "is_sample")


def earlier_reports() -> dict[str, tuple[dict[str, Any], ...]]:
    """By uid those before the one that holds, the newest first, each as plain values by field. One query.

    Not those that were corrected, nor those before a time at which nothing was reported any more: they were taken
    back. Of several as of one day the last one alone: it was said again.
    """
    by_measure: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    corrected: set[int] = set()
    rows = Report.objects.order_by("pk").values("pk", "uid", "corrects", *_FIELDS)
    for row in rows.iterator(chunk_size=2000):
        said = {name: row[name] for name in _FIELDS}
        told = by_measure[str(row["uid"])]
        if row["corrects"]:
            corrected.add(row["corrects"])
        if not (said["state"] or said["note"] or said["next_step"]):
            told.clear()
            continue
        if told and told[-1][1]["reported_on"] == said["reported_on"]:
            told.pop()
        told.append((row["pk"], {**said, "state_label": _label(said["state"])}))
    return {
        uid: tuple(said for pk, said in reversed(told[:-1]) if pk not in corrected)
        for uid, told in by_measure.items()
        if len(told) > 1
    }


def _label(state: str) -> str:
    return str(Report.State(state).label) if state else ""
