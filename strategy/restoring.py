"""Bringing back what the history holds. Restoring never breaks the tree: level rules hold as for any change."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from strategy import node_actions
from strategy.history import HistoryRecord, state_of
from strategy.levels import own
from strategy.origin_actions import set_origins
from strategy.review import Review
from strategy.tree import Node, locked_tree

Action = HistoryRecord.Action


def restore(record: HistoryRecord, *, by: Any = None, reason: str = "") -> int:
    """Bring back the state of before this record; returns how many nodes it changed.

    A changed node says again what it said, a moved one goes back, a deleted one returns with all that was
    deleted with it. ValidationError where the node, or its old parent, is no longer there.
    """
    with locked_tree():
        if record.action == Action.DELETED:
            return _restore_deleted(record, by, reason)
        node = Node.objects.filter(uid=record.uid).first()
        if node is None:
            raise ValidationError(
                _("“%(node)s” has been deleted. Please restore the deletion first.") % {"node": record.title}
            )
        if record.before is None:
            raise ValidationError(_("Before this there is nothing that could be restored."))
        if record.action == Action.MOVED:
            return int(_move_back(node, record, by, reason))
        if record.action == Action.REVIEWED:
            node_actions.set_review(node, record.before["review"], by=by, reason=reason)
            return 1
        if record.action == Action.ORIGINS:
            uids = [each["uid"] for each in record.before["origins"]]
            return int(set_origins(node, origins=uids, by=by, reason=reason))
        content = record.before["content"]
        return int(bool(node_actions.change(node, content=content, by=by, reason=reason)))


def _move_back(node: Node, record: HistoryRecord, by: Any, reason: str) -> bool:
    parent = _parent(record)
    siblings = [
        each
        for each in (Node.objects.get_children(parent) if parent else Node.objects.get_root_nodes())
        if each.pk != node.pk
    ]
    position = record.before["position"]
    if position < len(siblings):
        return node_actions.move(node, target=siblings[position], pos="left", by=by, reason=reason)
    if siblings:
        return node_actions.move(node, target=siblings[-1], pos="right", by=by, reason=reason)
    return bool(parent) and node_actions.move(node, target=parent, pos="last-child", by=by, reason=reason)  # type: ignore[arg-type]


def _parent(record: HistoryRecord) -> Node | None:
    """The old parent; None where it was the root. ValidationError where it is gone."""
    if record.before["parent"] is None:
        return None
    parent = Node.objects.filter(uid=record.before["parent"]).first()
    if parent is None:
        raise ValidationError(
            _("“%(parent)s”, below which “%(node)s” stood, is no longer there. Please restore it first.")
            % {"parent": record.before["above"], "node": record.title}
        )
    return parent


def _restore_deleted(record: HistoryRecord, by: Any, reason: str) -> int:
    """Its whole batch where it was the topmost of it, else itself and what stood below it."""
    gone = list(HistoryRecord.objects.filter(batch=record.batch, action=Action.DELETED).order_by("pk"))
    wanted = {str(record.uid)}
    batch = uuid.uuid4()
    count = 0
    for each in gone:
        if str(each.uid) not in wanted and each.before["parent"] not in wanted:
            continue
        wanted.add(str(each.uid))
        if Node.objects.filter(uid=each.uid).exists():
            raise ValidationError(_("“%(node)s” has been restored already.") % {"node": each.title})
        _bring_back(each, by, reason, batch)
        count += 1
    return count


def _bring_back(record: HistoryRecord, by: Any, reason: str, batch: uuid.UUID) -> None:
    content = dict(record.before["content"])
    if Node.objects.filter(slug=content["slug"]).exists():
        del content["slug"]  # it gets another one, as a new node does
    is_sample = record.before["is_sample"]
    was_agreed = record.before["review"] == Review.AGREED
    node = node_actions.place_new(
        record.kind, content, _parent(record), uid=record.uid, is_sample=is_sample, by=by
    )
    node.review = Review.OPEN if was_agreed else record.before["review"]
    node.save(update_fields=["review"])
    node_actions.record(
        own(node),
        Action.RESTORED,
        by=by,
        reason=reason,
        batch=batch,
        before=record.before,
        after=state_of(own(node)),
        ends_agreement=was_agreed,
    )
