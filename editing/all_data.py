"""The page “All data”: every list of the admin, grouped by what one wants to do, each with a sentence on what it holds.

For what is done every day there are pages of their own; what is looked up or kept here is the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from strategy.text.lazy_text import LazyText


@dataclass(frozen=True)
class ListGroup:
    """Lists that serve one purpose, by the label of their model, each with what it holds."""

    name: LazyText
    about: dict[str, LazyText]


GROUPS = (
    ListGroup(
        _("Who carries out measures, and where"),
        {
            "measures.Department": _(
                "Who leads measures: names, functional addresses, and who succeeds whom."
            ),
            "measures.District": _("Where measures take place: names and their order."),
            "goals.SDG": _("The goals of the United Nations, in German."),
        },
    ),
    ListGroup(
        _("How far the measures are"),
        {"measures.Progress": _("A line for each measure that somebody has reported on. Public at once.")},
    ),
    ListGroup(
        _("Council"),
        {
            "council.Paper": _("What is laid before the bodies, with its way through them."),
            "council.Resolution": _("The wording of decisions, and the votes."),
            "council.Body": _("Council, committees and district councils."),
        },
    ),
    ListGroup(
        _("Texts and reports beside the strategy"),
        {
            "strategy.Strategy": _("Title and city: what stands on the first page."),
            "legal.LegalPage": _("Imprint, privacy, accessibility: the pages that the law asks for."),
            "legal.BarrierReport": _("What readers could not use or read, to be answered."),
        },
    ),
    ListGroup(
        _("People and logging in"),
        {
            "auth.User": _("Who may log in, with which role, responsible for what."),
            "accounts.SecondFactor": _(
                "What people confirm their login with. Can be taken away when it is lost."
            ),
            "accounts.StaffSession": _("Who is logged in, since when. Can be ended."),
            "accounts.DirectoryLink": _("Which account belongs to which person of the city's directory."),
        },
    ),
    ListGroup(
        _("The strategy as lists"),
        {
            "measures.Measure": _("All measures, to be filtered by department."),
            "goals.OperationalGoal": _("All operational goals."),
            "goals.StrategicGoal": _("All strategic goals, also those whose place is not confirmed yet."),
            "themes.Theme": _("All themes, with colour and icon."),
            "themes.Guideline": _("All guidelines."),
            "themes.Chapter": _("All chapters before and after the themes."),
            "strategy.Edition": _("All editions, with when they were public."),
        },
    ),
)


def grouped(app_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django's list of apps as these groups. What none of them names stands in a last one, in Django's order."""
    rows = {row["model"]._meta.label: row for app in app_list for row in app["models"]}
    groups: list[dict[str, Any]] = [
        {
            "name": group.name,
            "models": [
                _described(rows.pop(label), about) for label, about in group.about.items() if label in rows
            ],
        }
        for group in GROUPS
    ]
    rest: dict[str, Any] = {"name": _("More"), "models": [_described(row, "") for row in rows.values()]}
    return [group for group in (*groups, rest) if group["models"]]


def _described(row: dict[str, Any], about: LazyText) -> dict[str, Any]:
    return {**row, "about": about, "one": row["model"]._meta.verbose_name}
