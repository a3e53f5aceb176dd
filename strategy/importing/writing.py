"""What an import makes of the tree, and writing it: all nodes and their places in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from strategy.importing.node_rows import NodeRows, NodeWrite
from strategy.tree.models import Node, locked_tree
from strategy.tree.placement import Orders


@dataclass(frozen=True)
class TreePlan:
    """What becomes of the tree: new nodes, others that are written to, parents whose children are others or stand
    in another order, and which nodes are moved by that.
    """

    new: Sequence[NodeWrite] = ()
    changed: Sequence[NodeWrite] = ()
    orders: Orders = field(default_factory=dict)
    moved: Sequence[str] = ()


def write_plan(plan: TreePlan) -> None:
    """Write a plan, under the lock under which it was made. `record_plan` leaves its history."""
    with locked_tree():
        rows = NodeRows()
        rows.update(plan.changed)
        Node.objects.arrange(plan.orders, [rows.instance_of(node) for node in plan.new])
        rows.write_references([*plan.new, *plan.changed])
