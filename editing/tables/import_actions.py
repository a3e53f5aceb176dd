"""Writing what a table says: all of it in one transaction, or nothing."""

import uuid
from typing import Any

from django.utils import timezone

from editing.models import ImportFile
from editing.tables.plan import Plan, PlannedChange, plan_of
from editing.tables.sheet import Sheet
from strategy.importing.node_rows import NodeWrite
from strategy.importing.recording import record_plan
from strategy.importing.writing import TreePlan, write_plan
from strategy.tree.models import locked_tree
from strategy.tree.review import Review


class Outdated(Exception):
    """The working tree has changed since the preview that was confirmed: the table would do something else now."""


def run_import(sheet: Sheet, *, file: ImportFile, digest: str, by: Any) -> Plan:
    """Write what the preview with this digest showed, and forget the file. Outdated where it no longer holds."""
    with locked_tree():
        plan = plan_of(sheet)
        if plan.findings or plan.digest != digest:
            raise Outdated
        writes = tree_plan(plan, by=by)
        write_plan(writes)
        record_plan(writes, plan.tree, by=by, reason=f"Import {file.name}")
        file.delete()
    return plan


def tree_plan(plan: Plan, *, by: Any) -> TreePlan:
    """The same for the tree: new nodes, drafts, have a uid. What was agreed is up for agreement again."""
    uids = {change.key: str(uuid.uuid4()) for change in plan.new}
    steps = [step.key for step in plan.steps]

    def write(change: PlannedChange, review: Review | None) -> NodeWrite:
        marks = {"review": review, "reviewed_at": timezone.now(), "reviewed_by": by} if review else {}
        return NodeWrite.of_content(uids.get(change.key, change.key), change.kind, change.new, **marks)

    def reopened(change: PlannedChange) -> Review | None:
        return Review.OPEN if plan.tree.marks[change.key].review == Review.AGREED else None

    new = {change.key: write(change, Review.DRAFT) for change in plan.new}
    changed = [write(change, reopened(change)) for change in plan.changes if not change.is_new]
    return TreePlan(
        new=[new[key] for key in steps if key in new],
        changed=[each for each in changed if each.has_content or each.marks],
        orders={
            uids.get(parent or "", parent): [uids.get(key, key) for key in keys]
            for parent, keys in plan.orders.items()
        },
        moved=[key for key in steps if key not in new],
    )
