"""What happened last in the working tree, a line for each thing that was done in one go."""

import uuid
from dataclasses import dataclass

from strategy.history.models import HistoryRecord

LINES = 6
LOOKED_THROUGH = 1000  # of the newest records: an import alone can be hundreds


@dataclass(frozen=True)
class LastThing:
    """What was done in one go: its first record, and on how many others the same was done."""

    record: HistoryRecord
    others: int


def last_things() -> list[LastThing]:
    """The newest first. Two queries, whatever was done."""
    firsts: dict[uuid.UUID, int] = {}
    counts: dict[uuid.UUID, int] = {}
    newest = HistoryRecord.objects.order_by("-pk").values_list("batch", "pk")[:LOOKED_THROUGH]
    for batch, pk in newest:
        firsts[batch] = pk  # the lowest in the end: what was done first, as the topmost node of a deletion
        counts[batch] = counts.get(batch, 0) + 1
    shown = [firsts[batch] for batch in list(counts)[:LINES]]
    records = HistoryRecord.objects.defer("before", "after").select_related("by").in_bulk(shown)
    return [LastThing(records[pk], counts[records[pk].batch] - 1) for pk in shown if pk in records]
