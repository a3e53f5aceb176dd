"""Rights that hold on an object: in one's own themes, on the measures of one's own departments.

The portal asks `user.has_perm("strategy.change_node", node)`. Who has the permission outright has it on every
object; the others have it where their responsibility says so.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from editing.models import Responsibility
from measures.models import Measure
from measures.progress import Progress
from strategy.people import AnyUser
from strategy.tree.models import Node
from strategy.tree.paths import depth_of, root_path
from strategy.tree.tree_rows import TreeRow

ROLES = "django.contrib.auth.backends.ModelBackend"  # which knows the permissions of the roles
IN_THEME = {"strategy.add_node", "strategy.change_node", "strategy.delete_node"}
REPORTING = {"measures.add_progress", "measures.change_progress"}


@dataclass(frozen=True)
class NodeRights:
    """Where in the tree a person may edit: everywhere, or below these themes (by path)."""

    everywhere: bool = False
    themes: tuple[str, ...] = ()

    def cover(self, path: str) -> bool:
        """Whether the node of this path may be changed, and nodes added below it."""
        return self.everywhere or root_path(path) in self.themes

    def cover_place(self, path: str) -> bool:
        """Whether the node of this path may be moved or deleted: a theme itself only by those who edit all."""
        return self.everywhere or (depth_of(path) > 1 and root_path(path) in self.themes)


def node_rights(user: AnyUser) -> NodeRights:
    """Where this person may edit, also standing in for others. One query at most, kept on the user object for the
    request."""
    rights = user.__dict__.get("_node_rights")
    if rights is None:
        rights = user.__dict__["_node_rights"] = _node_rights(user)
    return rights


def _node_rights(user: AnyUser) -> NodeRights:
    if user.has_perm("strategy.change_node"):
        return NodeRights(everywhere=True)
    if not user.has_perm("strategy.change_node_in_theme"):
        return NodeRights()
    themes = Node.objects.filter(
        pk__in=Responsibility.themes.through.objects.filter(responsibility__in=_held(user)).values("theme_id")
    )
    return NodeRights(themes=tuple(themes.values_list("path", flat=True)))


def _held(user: AnyUser) -> Any:
    """The responsibilities on which this person acts today: their own, and those that they stand in for."""
    return Responsibility.objects.held_by(user, on=timezone.localdate()).values("pk")


def own_departments(user: AnyUser) -> frozenset[int]:
    """The departments that this person reports for, also standing in for others. One query, kept on the user object
    for the request."""
    departments: frozenset[int] | None = user.__dict__.get("_own_departments")
    if departments is None:
        rows = Responsibility.departments.through.objects.filter(responsibility__in=_held(user))
        departments = frozenset(rows.values_list("department_id", flat=True))
        user.__dict__["_own_departments"] = departments
    return departments


class ObjectRights(BaseBackend):
    """The authentication backend that answers for nodes and for progress."""

    def has_perm(self, user_obj: AnyUser, perm: str, obj: Any = None) -> bool:
        if obj is None or not user_obj.is_active or user_obj.is_anonymous:
            return False
        if user_obj.has_perm(perm):
            return True
        if isinstance(obj, Measure | Progress) and perm in REPORTING:
            return self._leads(user_obj, obj)
        if isinstance(obj, Node) and perm in IN_THEME:
            rights = node_rights(user_obj)
            covers = rights.cover_place if perm == "strategy.delete_node" else rights.cover
            return not rights.everywhere and covers(obj.path)
        return False

    def _leads(self, user: AnyUser, reported: Measure | Progress) -> bool:
        """Whether one of their departments leads this measure, or the one that this report is on."""
        if not user.has_perm("measures.report_progress"):
            return False
        if isinstance(reported, Measure):
            return reported.lead_id in own_departments(user)
        return Measure.objects.filter(uid=reported.uid, lead__in=own_departments(user)).exists()


def may_move(user: AnyUser, node: Node, parent: Node | TreeRow | None) -> bool:
    """Whether this person may move this node below that parent (None: to the root)."""
    rights = node_rights(user)
    if rights.everywhere:
        return True
    return parent is not None and rights.cover_place(node.path) and rights.cover(parent.path)
