"""Taking back what was done in one step: all of it that can return, in one transaction. PermissionDenied where the
acting person may not."""

import uuid
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from strategy.history.models import HistoryRecord
from strategy.history.node_actions import require_reason
from strategy.history.operations import Operation, operation
from strategy.history.origin_actions import set_origins
from strategy.importing.node_rows import NodeWrite
from strategy.importing.recording import record_plan
from strategy.importing.writing import TreePlan, write_plan
from strategy.people import AnyUser
from strategy.tree.models import Node
from strategy.tree.review import Review
from strategy.undo import beside
from strategy.undo.plan import NodeUndo, UndoPlan
from strategy.undo.planning import undo_plan


def undo(batch: uuid.UUID, *, by: User | None = None, reason: str = "", seen: str | None = None) -> UndoPlan:
    """Take back what was done in this batch, as far as it can return; returns what was done. An operation itself.

    Whoever could do it may take it back. ValidationError, nothing written, where it is no longer what `seen`, the
    digest of a plan, stands for; where there is nothing to take back; where the council has adopted what changes, and
    no reason is given.
    """
    with operation(Operation.Kind.UNDO, title=_title_of(batch), by=by) as done:
        plan = undo_plan(batch, by=by)
        if by is not None and not may_undo(by, plan):
            raise PermissionDenied
        if seen is not None and seen != plan.digest:
            raise ValidationError(
                _("Something has changed meanwhile. Nothing was written; please look through it again.")
            )
        if plan.is_empty:
            raise ValidationError(_("There is nothing left of it that could be taken back."))
        require_reason(plan.decided, reason)
        done.takes_back = batch
        writes = tree_plan(plan, by=by)
        write_plan(writes)
        record_plan(writes, plan.tree, by=by, reason=reason)
        for each in plan.nodes:
            if each.origins:
                node = Node.objects.get(uid=each.uid)
                set_origins(node, origins=each.origins.uids, by=by, reason=reason)
        if plan.operation:
            done.details.update(beside.take_back(plan.operation.details, by=by))
    return plan


def may_undo(user: AnyUser, plan: UndoPlan) -> bool:
    """Whether this person could do all of it, and so may take it back."""
    return all(_may(user, plan, each) for each in plan.nodes)


def _may(user: AnyUser, plan: UndoPlan, each: NodeUndo) -> bool:
    if each.goes:
        return user.has_perm("strategy.delete_node", plan.tree.nodes[each.uid])
    parent = plan.tree.nodes.get((each.place.parent if each.place else None) or "")
    if each.returns:
        is_below_another = bool(each.place and each.place.parent and parent is None)
        return is_below_another or user.has_perm("strategy.add_node", parent)
    node = plan.tree.nodes[each.uid]
    if user.has_perm("strategy.change_node", node):
        return not each.place or user.has_perm("strategy.change_node", parent)
    is_agreement = node.review == Review.AGREED and not (each.content or each.place or each.origins)
    return is_agreement and user.has_perm("strategy.agree_node")


def name_of_batch(batch: uuid.UUID) -> str:
    """What was done, in words of today: the operation, or what was done first to which node."""
    if done := Operation.objects.filter(uid=batch).first():
        return str(done)
    record = HistoryRecord.objects.filter(batch=batch).earliest("pk")
    return _("“%(node)s” %(done)s") % {"node": record.title, "done": record.get_action_display()}


def _title_of(batch: uuid.UUID) -> str:
    """Whatever it was done to: words would be kept as they are today."""
    done = Operation.objects.filter(uid=batch).first()
    return done.title if done else HistoryRecord.objects.filter(batch=batch).earliest("pk").title


def tree_plan(plan: UndoPlan, *, by: User | None) -> TreePlan:
    """The same for the tree."""
    agreed = {uid for uid, node in plan.tree.nodes.items() if node.review == Review.AGREED}
    new = [_write(each, by, is_sample=(each.state or {})["is_sample"]) for each in plan.returning]
    return TreePlan(
        new=new,
        changed=[_write(each, by) for each in plan.changing if each.content or each.review],
        orders=plan.written_orders,
        moved=[each.uid for each in plan.changing if each.place],
        gone={each.uid for each in plan.going},
        returning={each.uid: each.state or {} for each in plan.returning},
        never_agreed={each.uid for each in plan.changing if each.uid in agreed and each.unmakes_agreement},
    )


def _write(each: NodeUndo, by: User | None, **marks: Any) -> NodeWrite:
    if each.review:
        marks |= {"review": each.review, "reviewed_at": timezone.now(), "reviewed_by": by}
    return NodeWrite.of_content(each.uid, each.kind, each.content, **marks)
