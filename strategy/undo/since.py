"""What was done to the nodes of a batch after it."""

import uuid
from collections import defaultdict

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from strategy.history.models import HistoryRecord
from strategy.people import name_of


class DoneSince:
    """The records of these nodes that came after those of the batch. Two queries."""

    def __init__(self, batch: uuid.UUID) -> None:
        mine = HistoryRecord.objects.filter(batch=batch).order_by()
        newest = mine.order_by("-pk").values_list("pk", flat=True).first() or 0
        later = HistoryRecord.objects.filter(pk__gt=newest, uid__in=mine.values("uid")).exclude(batch=batch)
        self._records: dict[str, list[HistoryRecord]] = defaultdict(list)
        for record in later.select_related("by").order_by("pk"):
            self._records[str(record.uid)].append(record)

    def was(self, uid: str, *actions: str) -> bool:
        """Whether one of these things was done to a node."""
        return self._last(uid, actions) is not None

    def signed(self, words: str, uid: str, *actions: str) -> str:
        """The words with who did the last of these things to a node, and when, as far as the history tells."""
        record = self._last(uid, actions)
        if record is None:
            return words
        who = name_of(record.by) or _("the program")
        at = date_format(localtime(record.at), "d.m.Y, H:i")
        return _("%(words)s (%(who)s, %(at)s)") % {"words": words, "who": who, "at": at}

    def _last(self, uid: str, actions: tuple[str, ...]) -> HistoryRecord | None:
        return next((each for each in reversed(self._records.get(uid, [])) if each.action in actions), None)
