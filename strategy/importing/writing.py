"""What becomes of the tree, and writing it: all nodes and their places in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from strategy.importing.node_rows import NodeRows, NodeWrite
from strategy.tree.models import Node, locked_tree
from strategy.tree.placement import Orders

DELETED_AT_ONCE = 200  # each that has others below it is a condition of its own


@dataclass(frozen=True)
class TreePlan:
    """What becomes of the tree: new nodes, others that are written to, parents whose children are others or stand
    in another order, which nodes are moved by that, and which go, with nothing but each other below them.

    New nodes that were there once are in `returning`, with their state when they were deleted. The agreement of those
    in `never_agreed` counts as never made: their history keeps no agreed state.
    """

    new: Sequence[NodeWrite] = ()
    changed: Sequence[NodeWrite] = ()
    orders: Orders = field(default_factory=dict)
    moved: Sequence[str] = ()
    gone: Collection[str] = ()
    returning: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    never_agreed: Collection[str] = ()


def write_plan(plan: TreePlan) -> None:
    """Write a plan, under the lock under which it was made. `record_plan` leaves its history."""
    with locked_tree():
        rows = NodeRows()
        rows.update(plan.changed)
        Node.objects.arrange(plan.orders, [rows.instance_of(node) for node in plan.new])
        rows.write_references([*plan.new, *plan.changed])
        _delete(sorted(plan.gone))


def _delete(uids: Sequence[str]) -> None:
    for start in range(0, len(uids), DELETED_AT_ONCE):
        Node.objects.filter(uid__in=uids[start : start + DELETED_AT_ONCE]).delete()
