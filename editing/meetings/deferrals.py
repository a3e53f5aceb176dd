"""Why something was deferred, as a remark on it; and what becomes of that when the meeting is taken back."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils.translation import ngettext

from editing.exchange.remark_actions import set_done
from editing.meetings.models import AgendaItem, Meeting
from editing.models import Remark
from strategy.document.data import Plain
from strategy.undo.beside import Beside, BesidePlan


def write_remarks(meeting: Meeting, items: Iterable[AgendaItem], *, by: User) -> Plain:
    """A remark on each of these entries, which are deferred; what taking back has to know. A part of `close`.

    What the program writes there is kept, so it is German (docs/adr/0015).
    """
    remarks = [
        Remark(
            uid=item.uid,
            title=item.title,
            text=f"Zurückgestellt ({meeting.reason}): {item.reason}",
            by=by,
        )
        for item in items
    ]
    return {"remarks": [remark.pk for remark in Remark.objects.bulk_create(remarks)], "is_done": False}


def _changing(written: Plain) -> list[Remark]:
    """Those that nobody has set otherwise since."""
    there = Remark.objects.filter(pk__in=written["remarks"], done_at__isnull=not written["is_done"])
    return list(there.order_by("pk"))


def _plan(written: Plain) -> BesidePlan:
    count = len(_changing(written))
    if not count:
        return BesidePlan()
    sentence = (
        ngettext(
            "%(n)s remark on what was deferred is open again.",
            "%(n)s remarks on what was deferred are open again.",
            count,
        )
        if written["is_done"]
        else ngettext(
            "%(n)s remark on what was deferred is marked as done.",
            "%(n)s remarks on what was deferred are marked as done.",
            count,
        )
    )
    return BesidePlan((sentence % {"n": count},))


def _take_back(written: Plain, by: User | None) -> Plain:
    """Mark them as done: what was said stays to be read. Taken back itself, it opens them again."""
    is_done = not written["is_done"]
    changed = [set_done(remark, is_done=is_done, by=by) for remark in _changing(written)] if by else []
    return {"remarks": [remark.pk for remark in changed], "is_done": is_done}


beside_deferrals = Beside(_plan, _take_back)
