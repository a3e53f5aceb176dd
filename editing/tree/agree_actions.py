"""Setting the review state of many nodes in one go: of each as it stood on the page, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from strategy.history.models import HistoryRecord, marks_of
from strategy.history.node_actions import may_set
from strategy.history.operations import Operation, operation
from strategy.importing.tree_state import TreeState
from strategy.people import require_permission
from strategy.tree.models import Node, locked_tree
from strategy.tree.review import Review

AT_ONCE = 2_000
BATCH = 500


@dataclass(frozen=True)
class AgreementOutcome:
    """How many nodes were set, the titles of those that are no longer as they were seen, and how many are gone."""

    count: int
    changed: list[str]
    gone: int


def agree_on(marks: Mapping[int, str], *, by: User) -> AgreementOutcome:
    """Set the nodes of these keys to agreed where their marks are still those that were seen.

    All in one transaction: where anything fails, none is agreed.
    """
    require_permission(by, "strategy.agree_node")
    return _set_where_seen(marks, {Review.DRAFT, Review.OPEN}, Review.AGREED, by)


def put_up(marks: Mapping[int, str], *, by: User) -> AgreementOutcome:
    """Put the drafts of these keys up for agreement, where their marks are still those that were seen."""
    return _set_where_seen(marks, {Review.DRAFT}, Review.OPEN, by)


def _set_where_seen(marks: Mapping[int, str], old: set[Review], new: Review, by: User) -> AgreementOutcome:
    with locked_tree():
        nodes = list(Node.objects.filter(pk__in=marks).order_by("path"))
        now = marks_of(nodes)
        seen = [n for n in nodes if n.review in old and marks[n.pk] == now[str(n.uid)]]
        with operation(Operation.Kind.AGREEMENT, by=by):
            set_reviews(seen, new, by=by)
        as_seen = {node.pk for node in seen}
        changed = [node.title for node in nodes if node.pk not in as_seen]
        return AgreementOutcome(len(seen), changed, len(marks) - len(nodes))


def set_reviews(nodes: Sequence[Node], review: Review, *, by: User, reason: str = "") -> None:
    """Give nodes, as they were read under the tree's lock, this review state.

    It does for many what strategy.history.node_actions.set_review does for one, in a fixed number of queries.
    PermissionDenied, and nothing set, where this person may not set one of them so.
    """
    if not all(may_set(by, node, review) for node in nodes):
        raise PermissionDenied
    if not nodes:
        return
    tree = TreeState.now()
    records = [_record(node, tree, review, by=by, reason=reason) for node in nodes]
    pks = [node.pk for node in nodes]
    for start in range(0, len(pks), BATCH):
        there = Node.objects.order_by().filter(pk__in=pks[start : start + BATCH])
        there.update(review=review, reviewed_at=timezone.now(), reviewed_by=by)
    HistoryRecord.objects.bulk_create(records, batch_size=BATCH)


def _record(node: Node, tree: TreeState, review: Review, **values: Any) -> HistoryRecord:
    before = tree.state(str(node.uid))
    return HistoryRecord(
        uid=node.uid,
        kind=node.kind,
        title=node.title,
        version=node.version,
        action=HistoryRecord.Action.REVIEWED,
        before=before,
        after={**before, "review": str(review)},
        ends_agreement=before["review"] == Review.AGREED and review != Review.AGREED,
        **values,
    )
