"""What others have decided on somebody's proposals, and answered to what they asked."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from editing.models import Proposal, Remark

DAYS = 30  # how long it is news


@dataclass(frozen=True)
class News:
    """What came back to somebody, the newest first: decided proposals, and answers (their `answers` is what was
    said first)."""

    decided: list[Proposal]
    answers: list[Remark]

    @classmethod
    def of(
        cls, user: User, *, since: datetime.date | None = None, until: datetime.date | None = None
    ) -> "News":
        """From the beginning of one day to that of another: by default of the last days, to this moment."""
        earliest = timezone.localdate() - datetime.timedelta(days=DAYS)
        start = _midnight(max(since, earliest) if since else earliest)
        end = _midnight(until) if until else timezone.now()
        decided = Proposal.objects.exclude(decided_by=user).filter(
            by=user, decided_at__gte=start, decided_at__lt=end
        )
        answers = Remark.objects.exclude(by=user).filter(answers__by=user, at__gte=start, at__lt=end)
        return cls(
            list(decided.select_related("decided_by").order_by("-decided_at")),
            list(answers.select_related("by", "answers").order_by("-at")),
        )

    @property
    def count(self) -> int:
        """How many things have come back to this person."""
        return len(self.decided) + len(self.answers)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
