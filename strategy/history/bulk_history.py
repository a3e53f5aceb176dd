"""The history of what was done to many nodes at once, such as by loading a file: worked out from before and after."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.contrib.auth.models import User

from strategy.document.changes import Change
from strategy.document.comparison import compare
from strategy.document.document import FORMAT, Document, Plain, with_codes
from strategy.history.models import HistoryRecord
from strategy.tree.content import content_of_row
from strategy.tree.models import Node

Action = HistoryRecord.Action
Row = Mapping[str, Plain]
_META: dict[str, Plain] = {
    "city": "",
    "title": "",
    "subtitle": "",
    "edition": {},
    "basis": None,
    "has_sample": False,
}


def record_difference(
    before: Iterable[Row],
    after: Iterable[Row],
    *,
    reviews: Mapping[str, str],
    by: User | None = None,
    reason: str = "",
) -> int:
    """Leave a record of each node that differs; returns how many. A few queries, whatever the number.

    The rows are those of strategy.editions.working_tree; `reviews` are the review states of before, by uid. Sample data
    are left aside: what they hold is made up, and goes again without a trace.
    """
    old, new = list(before), list(after)
    comparison = compare(_document(old), _document(new))
    states = _states(old, reviews), _states(new, reviews_now())
    versions = {str(uid): version for uid, version in Node.objects.order_by().values_list("uid", "version")}
    batch = uuid.uuid4()
    records = [
        HistoryRecord(
            batch=batch,
            uid=change.uid,
            kind=change.entry.kind,
            title=change.entry.title,
            action=action,
            by=by,
            reason=reason,
            version=versions.get(change.uid, 0),
            before=states[0].get(change.uid),
            after=states[1].get(change.uid),
        )
        for change in comparison.changes
        if change.uid and change.entry and not change.entry.is_sample
        for action in _actions(change)
    ]
    HistoryRecord.objects.bulk_create(records, batch_size=500)
    return len(records)


def _actions(change: Change) -> Iterator[str]:
    if "added" in change.kinds:
        yield Action.ADDED
    if "removed" in change.kinds:
        yield Action.DELETED
    if {"moved", "reordered"} & set(change.kinds):
        yield Action.MOVED
    if "changed" in change.kinds:
        yield Action.CHANGED


def _document(rows: list[Row]) -> Document:
    return Document.from_data(
        {"format": FORMAT, "meta": _META, "nodes": with_codes([dict(row) for row in rows])}
    )


def _states(rows: list[Row], reviews: Mapping[str, str]) -> dict[str, dict[str, Plain]]:
    """The state of every node, as a record holds it."""
    titles = {row["uid"]: row["title"] for row in rows}
    counts: dict[str | None, int] = defaultdict(int)
    states = {}
    for row in rows:
        parent = row["parent"]
        states[row["uid"]] = {
            "content": content_of_row(row),
            "parent": parent,
            "above": titles[parent] if parent else "",
            "position": counts[parent],
            "review": reviews.get(row["uid"], ""),
            "is_sample": row["is_sample"],
        }
        counts[parent] += 1
    return states


def reviews_now() -> dict[str, str]:
    """The review state of every node, by uid."""
    return {str(uid): review for uid, review in Node.objects.order_by().values_list("uid", "review")}
