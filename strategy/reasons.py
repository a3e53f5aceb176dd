"""Why nodes were changed between two editions: the third column of a Synopse."""

from collections import defaultdict

from strategy.editions import Edition
from strategy.history import HistoryRecord


def reasons_between(old: Edition, new: Edition) -> dict[str, list[str]]:
    """The reasons that were given for each node after the one edition was frozen and before the other, by uid.

    Each once, the oldest first. One query.
    """
    rows = HistoryRecord.objects.filter(at__gt=old.frozen_at, at__lte=new.frozen_at).exclude(reason="")
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for uid, reason in rows.order_by("pk").values_list("uid", "reason"):
        found[str(uid)][reason] = None
    return {uid: list(reasons) for uid, reasons in found.items()}
