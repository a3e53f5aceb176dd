"""What open reporting rounds expect of whoever keeps them: reports to check, and departments that are late."""

from django.contrib.auth.models import User
from django.db.models import Count, Q

from measures.reporting_rounds import ReportingRound


def rounds_to_keep(user: User) -> list[ReportingRound]:
    """The open rounds, what is due first at the beginning, with `waiting`: how many reports are handed in and not
    public. One query; none for whoever only reports."""
    if not user.has_perm("measures.change_reportinground"):
        return []
    waiting = Count("drafts", filter=Q(drafts__handed_in_at__isnull=False))
    return list(ReportingRound.objects.open().annotate(waiting=waiting).order_by("due_on", "pk"))
