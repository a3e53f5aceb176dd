"""What open reporting rounds expect of a person: how much their departments still have to report, and until when."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from editing.reporting.standing import asked_in
from editing.rights import own_departments
from measures.models import Department
from measures.reporting import REPORT
from measures.reporting_rounds import ReportingRound
from measures.round_actions import KEEP
from strategy.people import AnyUser


@dataclass(frozen=True)
class Expected:
    """A department of this person in an open round: how many measures are asked for, and how many are missing."""

    round: ReportingRound
    department: Department
    total: int
    missing: int

    @property
    def address(self) -> str:
        """Where they are reported on."""
        return department_address(self.round, self.department)


def expected_of(user: AnyUser) -> list[Expected]:
    """Every department of this person that an open round asks, the round that is due first at the beginning.

    What is handed in is listed too, with nothing missing. A few queries, and four an open round.
    """
    mine = own_departments(user) if user.has_perm(REPORT) else frozenset()
    departments = Department.objects.in_bulk(mine) if mine else {}
    listed = []
    for asked in ReportingRound.objects.open().order_by("due_on", "pk") if departments else ():
        measures = asked_in(asked)
        total = Counter(each.department_id for each in measures)
        missing = Counter(each.department_id for each in measures if each.is_missing)
        listed += [
            Expected(asked, department, total[pk], missing[pk])
            for pk, department in departments.items()
            if total[pk]
        ]
    return listed


@dataclass(frozen=True)
class ToBeChecked:
    """A round in which this many reports are handed in and wait to be published."""

    round: ReportingRound
    count: int

    @property
    def address(self) -> str:
        """Where they are checked and published."""
        return reverse("editing:publish_reports", args=[self.round.slug])


def to_be_checked(user: AnyUser) -> list[ToBeChecked]:
    """The open rounds with reports that wait for whoever keeps rounds. One query."""
    if not user.has_perm(KEEP):
        return []
    handed_in = Count("drafts", filter=Q(drafts__handed_in_at__isnull=False))
    rounds = ReportingRound.objects.open().annotate(waiting=handed_in).filter(waiting__gt=0)
    return [ToBeChecked(each, each.waiting) for each in rounds.order_by("due_on", "pk")]


def department_address(asked: ReportingRound, department: Department | None) -> str:
    """The page on which a department reports in a round; that of the measures that nobody leads."""
    if department is None:
        return reverse("editing:round_unled", args=[asked.slug])
    return reverse("editing:round_department", args=[asked.slug, department.key])
