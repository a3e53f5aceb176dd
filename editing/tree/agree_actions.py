"""Agreeing on many nodes in one go: on each as it stood on the page, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User

from strategy.history import node_actions
from strategy.history.models import marks_of
from strategy.history.operations import Operation, operation
from strategy.people import require_permission
from strategy.tree.models import Node, locked_tree
from strategy.tree.review import Review

AT_ONCE = 100  # takes a few seconds, in which nobody else can change the tree


@dataclass(frozen=True)
class AgreementOutcome:
    """How many nodes were agreed, the titles of those that are no longer as they were seen, and how many are gone."""

    agreed: int
    changed: list[str]
    gone: int


def agree_on(marks: Mapping[int, str], *, by: User) -> AgreementOutcome:
    """Set the nodes of these keys to agreed where their marks are still those that were seen.

    All in one transaction: where anything fails, none is agreed.
    """
    require_permission(by, "strategy.agree_node")
    with locked_tree():
        nodes = list(Node.objects.filter(pk__in=marks).order_by("path"))
        now = marks_of(nodes)
        seen = [n for n in nodes if n.review == Review.OPEN and marks[n.pk] == now[str(n.uid)]]
        with operation(Operation.Kind.AGREEMENT, by=by):
            for node in seen:
                node_actions.set_review(node, Review.AGREED, by=by)
        as_seen = {node.pk for node in seen}
        changed = [node.title for node in nodes if node.pk not in as_seen]
        return AgreementOutcome(len(seen), changed, len(marks) - len(nodes))
