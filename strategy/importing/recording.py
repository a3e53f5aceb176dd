"""The history of what a plan has written."""

from collections.abc import Collection, Iterator
from typing import Any

from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord
from strategy.importing.node_rows import nodes_of
from strategy.importing.tree_state import TreeState
from strategy.importing.writing import TreePlan
from strategy.tree.content import differences
from strategy.tree.review import Review

Action = HistoryRecord.Action
State = dict[str, Any]


def record_plan(
    plan: TreePlan, before: TreeState, *, by: Any = None, reason: str = "", with_samples: bool = True
) -> None:
    """Leave a record of each node that a written plan has changed, added, moved or deleted, all of one batch."""
    kinds = {node.uid: node.kind for node in (*plan.changed, *plan.new)}
    written = nodes_of({uid: before.kinds[uid] for uid in plan.moved} | kinds)
    after = before.after(plan.orders, written, plan.gone)
    with in_one_go():
        records = [
            _record(after.nodes[uid], action, old, new, by=by, reason=reason, never=plan.never_agreed)
            for action, uid, old, new in _steps(plan, before, after)
            if with_samples or not (new or old or {})["is_sample"]
        ]
    HistoryRecord.objects.bulk_create(records, batch_size=500)


def _steps(
    plan: TreePlan, before: TreeState, after: TreeState
) -> Iterator[tuple[Action, str, State | None, State | None]]:
    """What was done, to which node, its state before and after. A node first says something else, then moves."""
    changed: dict[str, State] = {}
    moved = set(plan.moved)
    for node in plan.changed:
        old, new = before.state(node.uid), after.state(node.uid)
        if differences(node.kind, old["content"], new["content"]):
            changed[node.uid] = {**old, "content": new["content"], "review": new["review"]}
            yield Action.CHANGED, node.uid, old, changed[node.uid]
        elif node.uid not in moved and old["review"] != new["review"]:
            yield Action.REVIEWED, node.uid, old, {**old, "review": new["review"]}
    for node in plan.new:
        action = Action.RESTORED if node.uid in plan.returning else Action.ADDED
        yield action, node.uid, plan.returning.get(node.uid), after.state(node.uid)
    for uid in plan.moved:
        yield Action.MOVED, uid, changed.get(uid) or before.state(uid), after.state(uid)
    for uid in before.in_order(plan.gone):
        yield Action.DELETED, uid, before.state(uid), None


def _record(
    node: Any,
    action: Action,
    before: State | None,
    after: State | None,
    *,
    never: Collection[str],
    **values: Any,
) -> HistoryRecord:
    was_agreed = before is not None and before["review"] == Review.AGREED
    is_agreed = after is None or after["review"] == Review.AGREED
    return HistoryRecord(
        uid=node.uid,
        kind=node.kind,
        title=node.title,
        version=node.version,
        action=action,
        before=before,
        after=after,
        ends_agreement=was_agreed and not is_agreed and str(node.uid) not in never,
        **values,
    )
