"""The history of what an import has written."""

import uuid
from collections.abc import Iterator
from typing import Any

from strategy.history.models import HistoryRecord
from strategy.importing.node_rows import nodes_of
from strategy.importing.tree_state import TreeState
from strategy.importing.writing import TreePlan
from strategy.tree.content import content_of, differences
from strategy.tree.review import Review

Action = HistoryRecord.Action


def record_plan(
    plan: TreePlan, tree: TreeState, *, by: Any = None, reason: str = "", with_samples: bool = True
) -> None:
    """Leave a record of each node that a written plan has added, changed or moved, all of one batch.

    `tree` is what there was before.
    """
    batch = uuid.uuid4()
    records = [
        HistoryRecord(batch=batch, by=by, reason=reason, **values)
        for values in _Recording(plan, tree).records()
        if with_samples or not values["after"]["is_sample"]
    ]
    HistoryRecord.objects.bulk_create(records, batch_size=500)


class _Recording:
    """What there is to record of a plan once it is written."""

    def __init__(self, plan: TreePlan, tree: TreeState) -> None:
        self.plan, self.tree = plan, tree
        self.children = tree.children_with(plan.orders)
        self.parents = {uid: parent for parent, below in plan.orders.items() for uid in below}
        written = {node.uid: node.kind for node in (*plan.changed, *plan.new)}
        self.nodes = nodes_of({**{uid: tree.kinds[uid] for uid in plan.moved}, **written})

    def records(self) -> Iterator[dict[str, Any]]:
        before = {uid: self.tree.state(uid) for uid in self.nodes if uid in self.tree.nodes}
        for change in self.plan.changed:
            old, node = before[change.uid], self.nodes[change.uid]
            new = {**old, "content": content_of(node), "review": str(node.review)}
            if differences(node.kind, old["content"], new["content"]):
                yield self._record(Action.CHANGED, change.uid, old, new)
                before[change.uid] = new
        for each in self.plan.new:
            yield self._record(Action.ADDED, each.uid, None, self._state(each.uid))
        for uid in self.plan.moved:
            yield self._record(Action.MOVED, uid, before[uid], self._state(uid))

    def _record(self, action: str, uid: str, before: Any, after: dict[str, Any]) -> dict[str, Any]:
        node = self.nodes[uid]
        was_agreed = bool(before) and before["review"] == Review.AGREED
        return {
            "uid": node.uid,
            "kind": node.kind,
            "title": node.title,
            "version": node.version,
            "action": action,
            "before": before,
            "after": after,
            "ends_agreement": was_agreed and after["review"] != Review.AGREED,
        }

    def _state(self, uid: str) -> dict[str, Any]:
        """The state of a node afterwards."""
        node = self.nodes[uid]
        parent = self.parents[uid] if uid in self.parents else self.tree.parents[uid]
        return {
            "content": content_of(node),
            "parent": parent,
            "above": self._title(parent),
            "position": self.children[parent].index(uid),
            "review": str(node.review),
            "is_sample": node.is_sample,
        }

    def _title(self, uid: str | None) -> str:
        return str(self.nodes[uid].title) if uid in self.nodes else self.tree.title(uid)
