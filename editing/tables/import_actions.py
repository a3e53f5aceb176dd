"""Writing what a table says: all of it in one transaction, or nothing. PermissionDenied where the acting person may
not."""

import uuid

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from editing.models import ImportFile
from editing.tables.plan import Plan, plan_of
from editing.tables.sheet import Sheet
from editing.tables.uploads import may_import
from strategy.editions import public_rows
from strategy.history.node_actions import require_reason
from strategy.history.operations import Operation, operation
from strategy.importing.node_rows import NodeWrite
from strategy.importing.recording import record_plan
from strategy.importing.writing import TreePlan, write_plan
from strategy.tree.review import Review


class Outdated(Exception):
    """The working tree has changed since the preview that was confirmed: the table would do something else now."""


def run_import(
    sheet: Sheet, *, file: ImportFile, digest: str, by: User, reason: str = "", twice: bool = False
) -> Plan:
    """Write what the preview with this digest showed, and forget the file. Outdated where it no longer holds.

    What the council has adopted changes only with a reason, as in a form; what is there already is added beside it
    only where somebody has said so (`twice`).
    """
    if not may_import(by):
        raise PermissionDenied
    with operation(Operation.Kind.IMPORT, title=file.name, by=by):
        plan = plan_of(sheet)
        if plan.findings or plan.digest != digest:
            raise Outdated
        if plan.there_already and not twice:
            raise ValidationError(
                _("Please confirm that what is there already is to be added a second time, or take it out.")
            )
        require_reason(plan.decided, reason)
        public_rows.write(save=plan.departments, by=by)
        writes = tree_plan(plan, by=by)
        write_plan(writes)
        record_plan(writes, plan.tree, by=by, reason=reason)
        file.delete()
    return plan


def tree_plan(plan: Plan, *, by: User) -> TreePlan:
    """The same for the tree: new nodes, drafts, have a uid. What was agreed and is reworded or moved is up for
    agreement again."""
    uids = {change.key: str(uuid.uuid4()) for change in plan.new}
    draft, reopened = (
        {"review": str(review), "reviewed_at": timezone.now(), "reviewed_by": by}
        for review in (Review.DRAFT, Review.OPEN)
    )
    reopening = {change.key for change in plan.reopened}
    new = {
        change.key: NodeWrite.of_content(uids[change.key], change.kind, change.new, **draft)
        for change in plan.new
    }
    changed = [
        NodeWrite.of_content(
            change.key, change.kind, change.new, **reopened if change.key in reopening else {}
        )
        for change in plan.changes
        if not change.is_new
    ]
    return TreePlan(
        new=[*new.values()],
        changed=[each for each in changed if each.has_content or each.marks],
        orders={
            uids.get(parent or "", parent): [uids.get(key, key) for key in below]
            for parent, below in plan.orders.items()
        },
        moved=[change.key for change in plan.moved],
    )
