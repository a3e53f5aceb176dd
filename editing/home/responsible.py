"""Who is responsible: by role, by theme, and by department. Accounts that are locked are nobody's."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db.models import Prefetch

from editing.models import Responsibility
from measures.models import Department, Measure
from strategy.people import name_of
from strategy.tree.kinds import Kind
from strategy.tree.tree_rows import TreeRow


@dataclass(frozen=True)
class Responsible:
    """A role, a theme or a department by name, and who has it or is there for it; `measures` that a department leads
    and `address` of its office are said of departments alone."""

    name: str
    people: list[str]
    measures: int = 0
    address: str = ""


@dataclass(frozen=True)
class Responsibilities:
    """Everybody who works on the strategy, as three lists. Whatever has nobody is listed, too."""

    roles: list[Responsible]
    themes: list[Responsible]
    departments: list[Responsible]

    @classmethod
    def of(cls, rows: Iterable[TreeRow]) -> "Responsibilities":
        """`rows` is the whole tree. A fixed number of queries."""
        themes, departments = _by_theme_and_department()
        active = Prefetch("user_set", User.objects.filter(is_active=True, is_staff=True).order_by("username"))
        groups = Group.objects.order_by("pk").prefetch_related(active)
        leads = Counter(Measure.objects.order_by().exclude(lead=None).values_list("lead", flat=True))
        return cls(
            [Responsible(group.name, [name_of(user) for user in group.user_set.all()]) for group in groups],
            [Responsible(row.name, themes[row.pk]) for row in rows if row.kind == Kind.THEME],
            [
                Responsible(each.name, departments[each.pk], leads[each.pk], each.email)
                for each in Department.objects.all()
                if leads[each.pk] or departments[each.pk]
            ],
        )


def _by_theme_and_department() -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """The names of those who edit a theme, and of those who report for a department, each by its pk."""
    themes: dict[int, list[str]] = defaultdict(list)
    departments: dict[int, list[str]] = defaultdict(list)
    people = Responsibility.objects.filter(user__is_active=True, user__is_staff=True).select_related("user")
    for each in people.prefetch_related("themes", "departments").order_by("user__username"):
        for theme in each.themes.all():
            themes[theme.pk].append(name_of(each.user))
        for department in each.departments.all():
            departments[department.pk].append(name_of(each.user))
    return themes, departments
