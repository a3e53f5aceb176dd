"""What somebody is here for: their roles, and what they are responsible for."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from editing.rights import node_rights, own_departments
from measures.models import Department
from strategy.tree.paths import depth_of
from strategy.tree.tree_rows import TreeRow


@dataclass(frozen=True)
class OwnPart:
    """The roles of a person by name, the themes that they edit, and the departments for which they report."""

    roles: list[str]
    themes: list[TreeRow]
    departments: list[Department]

    @classmethod
    def of(cls, user: User, rows: list[TreeRow]) -> "OwnPart":
        """`rows` is the whole tree. Two or three queries."""
        paths = node_rights(user).themes
        departments = own_departments(user) if user.has_perm("measures.report_progress") else frozenset()
        return cls(
            list(user.groups.order_by("name").values_list("name", flat=True)),
            [row for row in rows if depth_of(row.path) == 1 and row.path in paths],
            list(Department.objects.filter(pk__in=departments)) if departments else [],
        )
