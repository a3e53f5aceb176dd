"""Mails that remind departments of a reporting round: after it opens, before it is due, then ever more rarely."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext

from editing.models import DeskMail, Responsibility
from editing.reporting.expected import department_address
from editing.reporting.models import RoundReminder
from editing.reporting.standing import DepartmentStanding, asked_in, by_department
from editing.rights import ROLES
from measures.models import Department
from measures.reporting import REPORT
from measures.reporting_rounds import ReportingRound

BEFORE = datetime.timedelta(days=7)
AFTER = tuple(datetime.timedelta(days=days) for days in (1, 8, 22, 50))


def reminder_days(asked: ReportingRound) -> list[datetime.date]:
    """The days from which a department is reminded once more, as long as it has not reported. A short round has none
    before it is due."""
    opened = timezone.localdate(asked.opened_at)
    before = [asked.due_on - BEFORE] if asked.due_on - BEFORE > opened else []
    return [opened, *before, *(asked.due_on + days for days in AFTER)]


@dataclass(frozen=True)
class Reach:
    """The last reminder that a department got (None: none yet), and the addresses that the next one goes to."""

    last: RoundReminder | None
    people: tuple[str, ...]
    office: str

    @property
    def is_possible(self) -> bool:
        """Whether there is anybody to write to."""
        return bool(self.people or self.office)

    @property
    def addresses(self) -> list[str]:
        """Whoever reports for the department; from the second mail on its functional address too, should they be
        away. It alone, where nobody reports."""
        is_first = self.last is None or self.last.count == 0
        office = [] if not self.office or (is_first and self.people) else [self.office]
        return list(dict.fromkeys([*self.people, *office]))


def reached(asked: ReportingRound, standings: Iterable[DepartmentStanding]) -> dict[int, Reach]:
    """By department, whom mails reach, and when the last one went out. A few queries, however many there are."""
    departments = [each.department for each in standings if each.department]
    last = {each.department_id: each for each in asked.reminders.all()}
    people = _addresses([each.pk for each in departments])
    return {each.pk: Reach(last.get(each.pk), people.get(each.pk, ()), each.email) for each in departments}


def _addresses(departments: list[int]) -> Mapping[int, tuple[str, ...]]:
    """By department, the addresses of those who report for it and have not switched their mails off."""
    silent = DeskMail.objects.filter(is_wanted=False).values("user")
    able = get_user_model().objects.with_perm(REPORT, backend=ROLES, include_superusers=False)
    people = able.filter(is_staff=True).exclude(email="").exclude(pk__in=silent)
    addresses = dict(people.values_list("pk", "email"))
    found: dict[int, list[str]] = defaultdict(list)
    responsible = Responsibility.objects.filter(departments__in=departments).order_by("pk").distinct()
    for each in responsible.prefetch_related("departments"):
        if each.user_id in addresses:
            for department in each.departments.all():
                found[department.pk].append(addresses[each.user_id])
    return {department: tuple(mailed) for department, mailed in found.items()}


@dataclass(frozen=True)
class Reminder:
    """A department to be reminded of a round today, for the how-manieth time."""

    round: ReportingRound
    department: Department
    standing: DepartmentStanding
    reach: Reach
    number: int

    def message(self) -> EmailMessage:
        """The mail. It names no person."""
        missing = self.standing.missing
        subject = ngettext(
            "Please report on %(n)s measure by %(due)s",
            "Please report on %(n)s measures by %(due)s",
            missing,
        )
        if self.round.is_overdue:
            subject = ngettext(
                "%(n)s report was due on %(due)s", "%(n)s reports were due on %(due)s", missing
            )
        context = {
            "round": self.round,
            "department": self.department,
            "standing": self.standing,
            "is_first": self.number == 1,
            "address": f"{settings.PUBLIC_URL}{department_address(self.round, self.department)}",
        }
        return EmailMessage(
            subject=subject % {"n": missing, "due": f"{self.round.due_on:%d.%m.%Y}"},
            body=render_to_string("editing/reporting/reminder.txt", context),
            to=self.reach.addresses,
            headers={"Auto-Submitted": "auto-generated"},
        )

    def send(self, today: datetime.date) -> bool:
        """Send it; False where another run has done so meanwhile. Noted before, and taken back where sending fails."""
        row, _is_new = RoundReminder.objects.get_or_create(round=self.round, department=self.department)
        before = (row.count, row.sent_on)
        mine = RoundReminder.objects.filter(pk=row.pk, count=row.count, count__lt=self.number)
        if not mine.update(count=self.number, sent_on=today):
            return False
        try:
            self.message().send()
        except BaseException:
            RoundReminder.objects.filter(pk=row.pk).update(count=before[0], sent_on=before[1])
            raise
        return True


def due_reminders(today: datetime.date) -> Iterator[Reminder]:
    """Every department that has not reported all it was asked for, and whose next reminder is due."""
    for asked in ReportingRound.objects.open().filter(is_sample=False).order_by("due_on", "pk"):
        number = sum(day <= today for day in reminder_days(asked))
        standings = by_department(asked_in(asked))
        reach = reached(asked, standings)
        for each in standings:
            if each.department and each.missing:
                its = reach[each.department.pk]
                if its.is_possible and (its.last is None or its.last.count < number):
                    yield Reminder(asked, each.department, each, its, number)
