"""Writing what a table says: all of it in one transaction, or nothing."""

import uuid
from collections.abc import Iterator

from django.contrib.auth.models import User

from editing.models import ImportFile
from editing.tables.order import Step
from editing.tables.plan import Plan, PlannedChange, plan_of
from editing.tables.sheet import Sheet
from strategy.history import node_actions
from strategy.history.models import HistoryRecord, state_of
from strategy.tree.levels import own
from strategy.tree.models import Node, locked_tree


class Outdated(Exception):
    """The working tree has changed since the preview that was confirmed: the table would do something else now."""


def run_import(sheet: Sheet, *, file: ImportFile, digest: str, by: User) -> Plan:
    """Write what the preview with this digest showed, and forget the file. Outdated where it no longer holds."""
    with locked_tree():
        plan = plan_of(sheet, is_checked=True)  # by the preview; and again when each node is written
        if plan.findings or plan.digest != digest:
            raise Outdated
        newest = HistoryRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        _Writing(plan, by, f"Import {file.name}").run()
        # Nobody else writes history while the tree is locked.
        HistoryRecord.objects.filter(pk__gt=newest).update(batch=uuid.uuid4())
        file.delete()
    return plan


class _Writing:
    def __init__(self, plan: Plan, by: User, reason: str) -> None:
        self.plan, self.by, self.reason = plan, by, reason
        self.changes = {change.key: change for change in plan.changes}
        self.made: dict[str, uuid.UUID] = {}  # the new nodes, by key

    def run(self) -> None:
        for change in _free_addresses_first(self.plan.changed):
            node_actions.change(self._node(change.key), content=change.new, by=self.by, reason=self.reason)
        for step in self.plan.steps:
            if step.key in self.changes and self.changes[step.key].is_new:
                self._add(step, self.changes[step.key])
            else:
                self._move(step)

    def _node(self, key: str) -> Node:
        found: Node = Node.objects.get(uid=self.made.get(key, key))
        return found

    def _add(self, step: Step, change: PlannedChange) -> None:
        parent = self._node(step.parent) if step.parent else None
        node = node_actions.place_new(change.kind, change.new, parent, by=self.by)
        self.made[change.key] = node.uid
        if step.target and not step.is_last:
            Node.objects.move(self._node(change.key), self._node(step.target), step.pos)
        node = own(self._node(change.key))
        node_actions.record(
            node, HistoryRecord.Action.ADDED, by=self.by, reason=self.reason, after=state_of(node)
        )

    def _move(self, step: Step) -> None:
        target, pos = (step.target, step.pos) if step.target else (step.parent, "last-child")
        assert target  # noqa: S101  # a node at the top that moves has siblings
        node_actions.move(
            self._node(step.key), target=self._node(target), pos=pos, by=self.by, reason=self.reason
        )


def _free_addresses_first(changes: list[PlannedChange]) -> Iterator[PlannedChange]:
    """The changes in an order in which each new address is free when it is taken."""
    owners = {change.old["slug"]: change for change in changes if "slug" in change.new}
    waiting = {change.key: change for change in changes}
    for first in changes:
        chain: list[PlannedChange] = []
        change: PlannedChange | None = first
        while change and change.key in waiting:
            chain.append(waiting.pop(change.key))
            change = owners.get(str(change.new.get("slug")))
        yield from reversed(chain)
