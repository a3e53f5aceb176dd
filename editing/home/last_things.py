"""What happened last in the working tree, a line for each thing that was done in one go."""

from dataclasses import dataclass

from django.db.models import Count, Min

from strategy.history.models import HistoryRecord

LINES = 6
LOOKED_THROUGH = 1000  # of the newest records: an import alone can be hundreds


@dataclass(frozen=True)
class LastThing:
    """What was done in one go: its first record, and on how many others the same was done."""

    record: HistoryRecord
    others: int


def last_things() -> list[LastThing]:
    """The newest first. Three queries, whatever was done."""
    newest = HistoryRecord.objects.order_by("-pk").values_list("batch", flat=True)[:LOOKED_THROUGH]
    batches = list(dict.fromkeys(newest))[:LINES]
    counted = HistoryRecord.objects.filter(batch__in=batches).order_by().values_list("batch")
    sizes = {batch: (first, count) for batch, first, count in counted.annotate(Min("pk"), Count("pk"))}
    firsts = [sizes[batch][0] for batch in batches]  # as the topmost node of what was deleted
    records = HistoryRecord.objects.defer("before", "after").select_related("by").in_bulk(firsts)
    return [LastThing(records[first], count - 1) for first, count in map(sizes.__getitem__, batches)]
