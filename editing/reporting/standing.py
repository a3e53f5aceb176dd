"""How far a reporting round is: each measure it asks for, and each department. Never by person."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models import Department, Measure
from measures.reporting_rounds import ReportDraft, ReportingRound
from strategy.text.letters import sort_key


class Stage(models.TextChoices):
    """What has become of the question about one measure."""

    MISSING = "missing", _("not reported yet")
    DRAFT = "draft", _("saved, not handed in")
    RETURNED = "returned", _("given back")
    HANDED_IN = "handed_in", _("handed in")
    PUBLIC = "public", _("reported and public")


@dataclass(frozen=True)
class Asked:
    """A measure that a round asks for and that is in the tree, the department that leads it today, and its stage."""

    pk: int
    uid: uuid.UUID
    department_id: int | None
    stage: Stage

    @property
    def is_missing(self) -> bool:
        """Whether it is still to be handed in."""
        return self.stage in (Stage.MISSING, Stage.DRAFT, Stage.RETURNED)


@dataclass(frozen=True)
class DepartmentStanding:
    """What a round asks of a department, or of nobody’s measures (None), and how much of that is in which stage."""

    department: Department | None
    stages: Counter[Stage]

    @property
    def total(self) -> int:
        """How many measures are asked for."""
        return self.stages.total()

    @property
    def missing(self) -> int:
        """How many are still to be handed in."""
        return self.total - self.reported

    @property
    def prepared(self) -> int:
        """How many of these are saved already."""
        return self.stages[Stage.DRAFT] + self.stages[Stage.RETURNED]

    @property
    def returned(self) -> int:
        """How many were given back."""
        return self.stages[Stage.RETURNED]

    @property
    def waiting(self) -> int:
        """How many wait for the coordination."""
        return self.stages[Stage.HANDED_IN]

    @property
    def public(self) -> int:
        """How many are public."""
        return self.stages[Stage.PUBLIC]

    @property
    def reported(self) -> int:
        """How many are handed in, or public."""
        return self.waiting + self.public


def asked_in(asked: ReportingRound) -> list[Asked]:
    """The measures of a round that are in the tree, in its order. Four queries."""
    keys = dict(asked.measures.order_by().values_list("uid", "pk"))
    reported = set(asked.reports.order_by().values_list("uid", flat=True))
    drafts = {
        draft.uid: _stage_of(draft) for draft in asked.drafts.only("uid", "handed_in_at", "returned_note")
    }
    there = Measure.objects.filter(uid__in=asked.measures.order_by().values("uid")).order_by("path")
    return [
        Asked(keys[uid], uid, lead, Stage.PUBLIC if uid in reported else drafts.get(uid, Stage.MISSING))
        for uid, lead in there.values_list("uid", "lead_id")
    ]


def _stage_of(draft: ReportDraft) -> Stage:
    if draft.handed_in_at:
        return Stage.HANDED_IN
    return Stage.RETURNED if draft.returned_note else Stage.DRAFT


def by_department(measures: list[Asked]) -> list[DepartmentStanding]:
    """How far each department is, by name; what nobody leads at the end. One query."""
    stages: dict[int | None, Counter[Stage]] = defaultdict(Counter)
    for each in measures:
        stages[each.department_id][each.stage] += 1
    departments = Department.objects.in_bulk([pk for pk in stages if pk])
    standings = [
        DepartmentStanding(departments[pk] if pk else None, counted) for pk, counted in stages.items()
    ]
    return sorted(
        standings,
        key=lambda each: (each.department is None, sort_key(each.department.name) if each.department else ""),
    )
