"""What comes next: the days on which bodies meet on papers, on which reports are due, and milestones."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from council.consultations import Consultation
from council.papers import public_on
from measures.execution import Milestone
from measures.reporting_rounds import ReportingRound
from strategy.tree.kinds import Kind
from strategy.tree.tree_rows import TreeRow


@dataclass(frozen=True, order=True)
class ComingDate:
    """A day, what is on it, and the page where it is dealt with; "" where whoever asks has none."""

    day: datetime.date
    says: str
    address: str = ""


def coming_dates(user: User, until: datetime.date) -> list[ComingDate]:
    """From today to this day, the next first: of papers that are not public only those who keep them learn."""
    today = timezone.localdate()
    return sorted([*_consultations(user, today, until), *_reports(user, today, until)])


def _consultations(user: User, today: datetime.date, until: datetime.date) -> list[ComingDate]:
    """One query."""
    keeps = user.has_perm("council.view_paper")
    planned = Consultation.objects.filter(held_on__range=(today, until), result="", paper__withdrawn_on=None)
    if not keeps:
        planned = planned.filter(public_on(today, "paper__"))
    return [
        ComingDate(
            each.held_on,
            _("%(body)s deals with paper %(number)s: %(subject)s")
            % {"body": each.body, "number": each.paper.reference, "subject": each.paper.name},
            reverse("editing:paper", args=[each.paper_id]) if keeps else "",
        )
        for each in planned.select_related("body", "paper")
        if each.held_on
    ]


def _reports(user: User, today: datetime.date, until: datetime.date) -> list[ComingDate]:
    """One query at most."""
    if not user.has_perm("measures.view_progress"):
        return []
    sees = user.has_perm("measures.view_reportinground")
    return [
        ComingDate(
            each.due_on,
            _("Reports are due: %(round)s") % {"round": each.title},
            reverse("editing:round", args=[each.slug]) if sees else reverse("editing:rounds"),
        )
        for each in ReportingRound.objects.open().filter(due_on__range=(today, until))
    ]


@dataclass(frozen=True)
class Milestones:
    """Milestones that are not reached: those whose day is past, and those that come next, the first in time first."""

    late: list[ComingDate]
    next: list[ComingDate]

    @classmethod
    def until(cls, until: datetime.date, rows: Iterable[TreeRow]) -> "Milestones":
        """Of the measures among these rows, up to this day. One query."""
        names = {row.uid: row.name for row in rows if row.kind == Kind.MEASURE}
        open_ones = Milestone.objects.filter(done_on=None, due_on__lte=until).select_related("execution")
        late: list[ComingDate] = []
        coming: list[ComingDate] = []
        for each in open_ones:
            if measure := names.get(str(each.execution.uid)):
                says = f"{each.title} ({measure})"
                address = reverse("editing:execution", args=[each.execution.uid])
                (late if each.is_late() else coming).append(ComingDate(each.last_day, says, address))
        return cls(sorted(late), sorted(coming))
