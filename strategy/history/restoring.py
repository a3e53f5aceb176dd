"""Bringing back what the history holds. Restoring never breaks the tree: level rules hold as for any change.

What a record would bring back is worked out by the same functions for whoever is asked first
(strategy/history/restore_preview.py) and for writing it.
"""

from collections.abc import Collection, Iterable, Sequence

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from strategy.document.data import Plain
from strategy.history import node_actions
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord, state_of
from strategy.history.origin_actions import set_origins
from strategy.people import AnyUser
from strategy.tree.content import Content, content_of, differences
from strategy.tree.kept_slugs import KeptSlug
from strategy.tree.kinds import nearest_place
from strategy.tree.levels import own
from strategy.tree.models import Node, locked_tree
from strategy.tree.references import Targets, names_nodes
from strategy.tree.review import Review

Action = HistoryRecord.Action


def restore(record: HistoryRecord, *, by: User | None = None, reason: str = "") -> int:
    """Bring back what this record changed, and nothing that was done since; returns how many nodes it changed.

    A changed node says again what it said in these fields, a moved one goes back, a deleted one returns with all
    that was deleted with it, and is named again by the nodes that named it. ValidationError where it cannot be.
    """
    with locked_tree(), in_one_go():
        if by is not None and not may_restore(by, record):
            raise PermissionDenied
        if record.action == Action.DELETED:
            return _restore_deleted(record, by, reason)
        node = node_of(record)
        if record.action == Action.MOVED:
            return int(_move_back(node, record, by, reason))
        if record.action == Action.REVIEWED:
            require_unchanged_since(record)
            node_actions.set_review(node, record.before["review"], by=by, reason=reason)
            return 1
        if record.action == Action.ORIGINS:
            uids = [each["uid"] for each in record.before["origins"]]
            return int(set_origins(node, origins=uids, by=by, reason=reason))
        content, _gone = content_before(record, node)
        return int(bool(node_actions.change(node, content=content, by=by, reason=reason)))


def may_restore(user: AnyUser, record: HistoryRecord) -> bool:
    """Whether this person may restore this: what is still there, and goes back to a place where they may change
    things, by its own rights; what was deleted whoever may change everything. Back to agreed whoever may agree, too.
    """
    is_deletion = record.action == Action.DELETED
    node = None if is_deletion else Node.objects.filter(uid=record.uid).first()
    if not user.has_perm("strategy.change_node", node):
        return False
    if record.action == Action.MOVED:
        parent = Node.objects.filter(uid=record.before["parent"]).first()
        return user.has_perm("strategy.change_node", parent)
    if record.action == Action.REVIEWED and record.before["review"] == Review.AGREED:
        return user.has_perm("strategy.agree_node")
    return True


def node_of(record: HistoryRecord) -> Node:
    """The node that would be changed, as it is now. ValidationError where it is gone, or nothing was before."""
    node = Node.objects.filter(uid=record.uid).first()
    if node is None:
        raise ValidationError(
            _("“%(node)s” has been deleted. Please restore the deletion first.") % {"node": record.title}
        )
    if not record.is_restorable:
        raise ValidationError(_("Before this there is nothing that could be restored."))
    return own(node)


def content_before(record: HistoryRecord, node: Node) -> tuple[Content, list[str]]:
    """What a node would say again: of the fields that this record changed, those that say something else today.

    And the names of what they referred to and is no longer there; that cannot come back.
    """
    before = record.content_before
    wanted = {field.name: before[field.name] for field in record.changed_fields}
    content, gone = Targets().left(record.kind, wanted)
    fields = differences(record.kind, content_of(node), content)
    return {field.name: content[field.name] for field in fields}, gone


def require_unchanged_since(record: HistoryRecord) -> None:
    """ValidationError where that would make a node agreed that says something else by now, or stands elsewhere."""
    if record.before["review"] != Review.AGREED:
        return
    done = [Action.CHANGED, Action.MOVED, Action.RESTORED]
    if HistoryRecord.objects.of(record.uid).filter(pk__gt=record.pk, action__in=done).exists():
        raise ValidationError(
            _(
                "“%(node)s” has been changed since then. Please set it to agreed in its form, where you see what it "
                "says now."
            )
            % {"node": record.title}
        )


def parent_of(record: HistoryRecord) -> Node | None:
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


def place_of(record: HistoryRecord, parent: Node | None) -> tuple[int, list[Node]]:
    """The old place of a node among the siblings that it would have, or the nearest that its level may have."""
    siblings_there = Node.objects.get_children(parent) if parent else Node.objects.get_root_nodes()
    siblings = [each for each in siblings_there if each.uid != record.uid]
    kinds = [each.kind for each in siblings]
    index = nearest_place(parent.kind if parent else None, kinds, record.kind, record.before["position"])
    return len(siblings) if index is None else index, siblings


def _beside(index: int, siblings: Sequence[Node]) -> tuple[Node, str]:
    """That place as NodeManager.move names it."""
    return (siblings[index], "left") if index < len(siblings) else (siblings[-1], "right")


def _move_back(node: Node, record: HistoryRecord, by: User | None, reason: str) -> bool:
    parent = parent_of(record)
    index, siblings = place_of(record, parent)
    if siblings:
        target, pos = _beside(index, siblings)
    elif parent:
        target, pos = parent, "last-child"
    else:
        return False
    return node_actions.move(node, target=target, pos=pos, by=by, reason=reason)


def deleted_with(record: HistoryRecord) -> list[HistoryRecord]:
    """What a deletion took along: the node itself first, then what stood below it, in the order of the tree."""
    gone = HistoryRecord.objects.filter(batch=record.batch, action=Action.DELETED).order_by("pk")
    deleted: dict[str, HistoryRecord] = {}
    for each in gone:
        if each.uid == record.uid or each.before["parent"] in deleted:
            deleted[str(each.uid)] = each
    return list(deleted.values())


def named_again(record: HistoryRecord, returning: Collection[str]) -> list[tuple[Node, Content]]:
    """The nodes that lost what they named by this deletion, as far as they are still there, and what they would
    say: what they name today, and what returns (uids) besides."""
    changed = HistoryRecord.objects.filter(batch=record.batch, action=Action.CHANGED).order_by("pk")
    lost = {each.uid: each for each in changed}
    nodes = Node.objects.filter(uid__in=list(lost)) if lost else []
    renamed = [(node, _naming_again(node, lost[node.uid], returning)) for node in map(own, nodes)]
    return [(node, content) for node, content in renamed if content]


def _naming_again(node: Node, record: HistoryRecord, returning: Collection[str]) -> Content:
    content: Content = {}
    for field in names_nodes(node.kind):
        now: list[dict[str, Plain]] = field.read(node)
        named = {each["key"] for each in now}
        before: list[dict[str, Plain]] = record.content_before[field.name]
        lost = [each for each in before if each["key"] in returning and each["key"] not in named]
        if lost:
            content[field.name] = [*now, *lost]
    return content


def _restore_deleted(record: HistoryRecord, by: User | None, reason: str) -> int:
    gone = deleted_with(record)
    returning = {str(each.uid) for each in gone}
    require_gone(gone)
    targets = Targets(returning)
    for each in gone:
        _bring_back(each, targets, by, reason)
    for node, content in named_again(record, returning):
        node_actions.change(node, content=content, by=by, reason=reason)
    return len(gone)


def require_gone(records: Iterable[HistoryRecord]) -> None:
    """ValidationError where one of these deleted nodes is there again."""
    there = Node.objects.filter(uid__in=[each.uid for each in records]).first()
    if there:
        raise ValidationError(_("“%(node)s” has been restored already.") % {"node": there.title})


def _bring_back(record: HistoryRecord, targets: Targets, by: User | None, reason: str) -> None:
    content, _gone = targets.left(record.kind, record.content_before)
    slug = content["slug"]
    if Node.objects.filter(slug=slug).exists() or KeptSlug.objects.refusing(slug, record.uid):
        del content["slug"]  # it gets another one, as a new node does
    is_sample = record.before["is_sample"]
    was_agreed = record.before["review"] == Review.AGREED
    parent = parent_of(record)
    node = node_actions.place_new(record.kind, content, parent, uid=record.uid, is_sample=is_sample, by=by)
    _put(node, record, parent)
    node = own(Node.objects.get(pk=node.pk))
    node.review = Review.OPEN if was_agreed else record.before["review"]
    node.save(update_fields=["review"])
    node_actions.record(
        node,
        Action.RESTORED,
        by=by,
        reason=reason,
        before=record.before,
        after=state_of(node),
        ends_agreement=was_agreed,
    )


def _put(node: Node, record: HistoryRecord, parent: Node | None) -> None:
    """Move a node that has come back from the last place to the one where it stood."""
    index, siblings = place_of(record, parent)
    if sum(each.path < node.path for each in siblings) != index:
        Node.objects.move(node, *_beside(index, siblings))
