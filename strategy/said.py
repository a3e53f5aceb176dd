"""What editors said about nodes between two editions: why they were changed, and which others they came from."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from strategy.document import Document
from strategy.editions import Edition
from strategy.history import HistoryRecord
from strategy.origins import Origin

REASON, ORIGIN = 0, 1


@dataclass(frozen=True)
class Said:
    """By uid: the reasons, each once and the oldest first; the origins, as uids."""

    reasons: dict[str, list[str]]
    origins: dict[str, set[str]]


def said_between(old: Edition, document: Document, new: Edition | None) -> Said:
    """What was said after the old edition (with this Document) was frozen and before the new one was; until today
    where the other side is the working tree (None). One query.

    An origin that the old edition was frozen with is left out: a node that it already holds did not come from
    anything since.
    """
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    origins: dict[str, set[str]] = defaultdict(set)
    for kind, _pk, uid, text, at in _reasons(old, new).union(_origins(new), all=True).order_by("said", "pk"):
        if kind == REASON:
            reasons[str(uid)][text] = None
        elif at > old.frozen_at or str(uid) not in document.by_uid:
            origins[str(uid)].add(str(uuid.UUID(text)))
    return Said({uid: list(each) for uid, each in reasons.items()}, dict(origins))


def _reasons(old: Edition, new: Edition | None) -> QuerySet[Any]:
    rows = HistoryRecord.objects.filter(at__gt=old.frozen_at).exclude(reason="")
    if new:
        rows = rows.filter(at__lte=new.frozen_at)
    return _columns(rows.annotate(said=Value(REASON), text=F("reason")))


def _origins(new: Edition | None) -> QuerySet[Any]:
    """Those that stood when the new edition was frozen."""
    rows = Origin.objects.standing(at=new.frozen_at if new else None)
    return _columns(rows.annotate(said=Value(ORIGIN), text=Cast("origin_uid", CharField(max_length=1000))))


def _columns(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values_list("said", "pk", "uid", "text", "at")
