"""What can be done with nodes of the working tree. Every action is atomic and leaves a record in the history.

A refusal is a ValidationError in German; a place that the level rules forbid is treebeard's InvalidPosition; where
the acting person may not, it is PermissionDenied.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from strategy.document.data import Plain, canonical_json, digest_of
from strategy.editions.adopted import decided_uids
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord, mark_of, marks_of, state_of
from strategy.people import AnyUser, require_permission
from strategy.tree.content import UNDECIDED, differences, fill, reworded, write
from strategy.tree.fields import Field
from strategy.tree.kinds import next_place
from strategy.tree.levels import level_of, own
from strategy.tree.models import Node, locked_tree
from strategy.tree.paths import TREE_FIELDS
from strategy.tree.references import naming
from strategy.tree.review import Review

Action = HistoryRecord.Action


def add(
    *,
    kind: str,
    content: Mapping[str, Plain],
    parent: Node | None = None,
    by: User | None = None,
    reason: str = "",
    uid: uuid.UUID | None = None,
    is_sample: bool = False,
    proposed_by: User | None = None,
) -> Node:
    """Add a node, a draft, at the last place that its level may have below `parent` (None: the root)."""
    with locked_tree():
        below = Node.objects.get(pk=parent.pk) if parent else None
        require_permission(by, "strategy.add_node", below)
        node = place_new(kind, content, below, uid=uid, is_sample=is_sample, by=by)
        after = state_of(node)
        record(node, Action.ADDED, by=by, reason=reason, proposed_by=proposed_by, after=after)
        return node


def change(
    node: Node,
    *,
    content: Mapping[str, Plain],
    by: User | None = None,
    reason: str = "",
    is_correction: bool = False,
    proposed_by: User | None = None,
) -> list[Field]:
    """Make a node say this; returns the fields that changed ([]: nothing was written).

    An agreed node is up for agreement again, unless the change is a purely editorial correction, or one of spaces
    alone.
    """
    with locked_tree():
        node = _locked(node)
        require_permission(by, "strategy.change_node", node)
        if is_correction:
            require_permission(by, "strategy.correct_node")
        return _change(
            node,
            content,
            by=by,
            reason=reason,
            is_correction=is_correction,
            proposed_by=proposed_by,
        )


def _change(
    node: Node,
    content: Mapping[str, Plain],
    *,
    by: User | None,
    reason: str,
    is_correction: bool = False,
    **values: Any,
) -> list[Field]:
    before = state_of(node)
    changed = differences(node.kind, before["content"], content)
    if not changed:
        return []
    names = {field.name for field in changed}
    told = {field.name for field in reworded(node.kind, before["content"], content)}
    if told - UNDECIDED and not is_correction:
        require_reason([node], reason)
    ends_agreement = node.review == Review.AGREED and bool(told) and not is_correction
    if ends_agreement:
        _set_review(node, Review.OPEN, by)
    node.version += 1
    write(node, {name: value for name, value in content.items() if name in names})
    record(
        node,
        Action.CHANGED,
        by=by,
        reason=reason,
        before=before,
        after=state_of(_locked(node)),
        is_correction=is_correction,
        ends_agreement=ends_agreement,
        **values,
    )
    return changed


def move(
    node: Node,
    *,
    target: Node,
    pos: str,
    by: User | None = None,
    reason: str = "",
    proposed_by: User | None = None,
) -> bool:
    """Move a node with all below it, as NodeManager.move does; whether its place is another one now.

    An agreed node is up for agreement again; one that the council has adopted moves only with a reason. It goes only
    where this person may change both the node and what it is to stand below.
    """
    with locked_tree():
        node, target = _locked(node), Node.objects.get(pk=target.pk)
        require_permission(by, "strategy.change_node", node)
        require_permission(
            by, "strategy.change_node", target if pos.endswith("child") else Node.objects.get_parent(target)
        )
        before = state_of(node)
        Node.objects.move(node, target, pos)
        node = _locked(node)
        after = state_of(node)
        if (after["parent"], after["position"]) == (before["parent"], before["position"]):
            return False
        require_reason([node], reason)
        was_agreed = node.review == Review.AGREED
        if was_agreed:
            _set_review(node, Review.OPEN, by)
            node.save(update_fields=["review", "reviewed_at", "reviewed_by"])
            after["review"] = str(Review.OPEN)
        record(
            node,
            Action.MOVED,
            by=by,
            reason=reason,
            proposed_by=proposed_by,
            before=before,
            after=after,
            ends_agreement=was_agreed,
        )
        return True


def step(node: Node, direction: str, *, by: User | None = None, reason: str = "") -> bool:
    """Move a node "up" or "down" to the next place among its siblings; False where there is none."""
    with locked_tree():
        place = next_to(node, direction)
        if place is None:
            return False
        sibling, side = place
        return move(node, target=sibling, pos=side, by=by, reason=reason)


def next_to(node: Node, direction: str) -> tuple[Node, str] | None:
    """Beside which sibling, and on which side, a step "up" or "down" leads; None where there is no such place."""
    siblings = list(Node.objects.get_siblings(_locked(node)))
    index = [each.pk for each in siblings].index(node.pk)
    parent = Node.objects.get_parent(siblings[index])
    kinds = [each.kind for each in siblings]
    place = next_place(parent.kind if parent else None, kinds, index, -1 if direction == "up" else 1)
    return None if place is None else (siblings[place], "left" if direction == "up" else "right")


def deletion_mark(node: Node) -> str:
    """Stands for all that deleting a node would take along, and for the nodes that name it, as they are now."""
    gone = list(Node.objects.get_tree(node))
    names = [[str(each.node.uid), each.field.name] for each in naming(gone)]
    return digest_of(canonical_json({"gone": marks_of(gone), "naming": names}))


def delete(
    node: Node,
    *,
    by: User | None = None,
    reason: str = "",
    seen: str | None = None,
    proposed_by: User | None = None,
) -> int:
    """Delete a node with all below it; returns how many. Each leaves a record from which it can be restored.

    Other nodes that name one of them name it no more: a change of theirs, recorded in the same go. It follows from
    the deletion, so that nobody needs the right to change them. ValidationError where it is no longer what `seen`, a
    `deletion_mark`, stands for.
    """
    with locked_tree(), in_one_go():
        node = _locked(node)
        require_permission(by, "strategy.delete_node", node)
        if seen is not None and seen != deletion_mark(node):
            raise ValidationError(
                _(
                    "Something here has been added or changed since you opened this page, so nothing was deleted. "
                    "Please look at what would go now."
                )
            )
        gone = [own(each) for each in Node.objects.get_tree(node)]
        require_reason(gone, reason)
        who: dict[str, Any] = {"by": by, "reason": reason, "proposed_by": proposed_by}
        for reference in naming(gone):
            _change(_locked(reference.node), reference.content_without, **who)
        for each in gone:
            record(each, Action.DELETED, before=state_of(each), **who)
        Node.objects.filter(pk=node.pk).delete()
        return len(gone)


def set_review(
    node: Node,
    review: str,
    *,
    by: User | None = None,
    reason: str = "",
    seen: str | None = None,
) -> None:
    """Say how far a node is agreed. From agreed it goes back with its agreed state kept in the history.

    Whoever may agree agrees on what is up for agreement; all else is for those who may change the node.
    ValidationError where it is no longer the one that `seen`, a mark of strategy.history.models, stands for.
    """
    with locked_tree():
        node = _locked(node)
        if by is not None and not may_set(by, node, review):
            raise PermissionDenied
        if node.review == review:
            return
        if seen is not None and seen != mark_of(node):
            raise ValidationError(
                _(
                    "“%(node)s” has been changed since you opened this page, so it was not set to “%(review)s”. "
                    "Please look at what it says now."
                )
                % {"node": node.title, "review": Review(review).label}
            )
        before = state_of(node)
        _set_review(node, review, by)
        node.save(update_fields=["review", "reviewed_at", "reviewed_by"])
        record(
            node,
            Action.REVIEWED,
            by=by,
            reason=reason,
            before=before,
            after={**before, "review": str(node.review)},
            ends_agreement=before["review"] == Review.AGREED,
        )


def may_set(user: AnyUser, node: Node, review: str) -> bool:
    """Whether this person may give the node this review state."""
    is_agreeing = review == Review.AGREED
    if is_agreeing and not user.has_perm("strategy.agree_node"):
        return False
    return (is_agreeing and node.review == Review.OPEN) or user.has_perm("strategy.change_node", node)


def require_reason(nodes: Iterable[Node], reason: str) -> None:
    """What the council has adopted changes only with a reason: the Synopse will show it."""
    if reason.strip():
        return
    decided = decided_uids()
    node = next((node for node in nodes if str(node.uid) in decided), None)
    if node:
        raise ValidationError(
            {
                "reason": _(
                    "“%(node)s” is part of the adopted edition. Please give a reason: the council will read it "
                    "beside the change."
                )
                % {"node": node.title}
            }
        )


def _locked(node: Node) -> Node:
    """The node as it is now, an object of its own level. Node.DoesNotExist where it has been deleted meanwhile."""
    stored = Node.objects.filter(pk=node.pk).first()
    if stored is None:
        raise Node.DoesNotExist(_("This node has been deleted meanwhile."))
    return own(stored)


def _set_review(node: Node, review: str, by: User | None) -> None:
    node.review, node.reviewed_at, node.reviewed_by = review, timezone.now(), by


def place_new(
    kind: str,
    content: Mapping[str, Plain],
    parent: Node | None,
    *,
    uid: uuid.UUID | None = None,
    is_sample: bool = False,
    by: User | None = None,
) -> Node:
    """Add a node under the tree's lock, without a record. A part of other actions."""
    node = level_of(kind).model(uid=uid or uuid.uuid4(), is_sample=is_sample)
    _set_review(node, Review.DRAFT, by)
    many = fill(node, content)
    node.full_clean(exclude=TREE_FIELDS)
    if parent:
        Node.objects.add_child(parent, instance=node)
    else:
        Node.objects.add_root(instance=node)
    for name, rows in many.items():
        getattr(node, name).set(rows)
    return _locked(node)


def record(node: Node, action: str, **values: Any) -> HistoryRecord:
    """Leave a record of what was done to a node. A part of other actions."""
    return HistoryRecord.objects.create(
        uid=node.uid, kind=node.kind, title=node.title, action=action, version=node.version, **values
    )
