"""What editors said about nodes between two editions: why they were changed, and which others they came from.

Who agreed on a node is no reason of a change of it.
"""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from strategy.document.document import Document
from strategy.editions.models import Edition
from strategy.history.models import HistoryRecord
from strategy.history.origins import Origin
from strategy.history.withheld_changes import HeldBack

HELD_BACK, REASON, ORIGIN = 0, 1, 2


@dataclass(frozen=True)
class Said:
    """By uid: the reasons, each once and the oldest first; the origins, as uids."""

    reasons: dict[str, list[str]]
    origins: dict[str, set[str]]


@dataclass(frozen=True)
class Span:
    """Which part of each node's history lies between two editions: after what the one holds, up to what the other
    does. By the clock that is the time between both freezes; but an edition can hold an earlier state of a node,
    or lack it, because it wasn't agreed."""

    old: Edition
    document: Document
    new: Edition | None
    held: dict[tuple[int, str], datetime.datetime] = field(default_factory=dict)

    def holds(self, uid: str, at: datetime.datetime) -> bool:
        """Whether what was done to a node at this time lies between both."""
        return self._is_after_old(uid, at) and self._is_before_new(uid, at)

    def _is_after_old(self, uid: str, at: datetime.datetime) -> bool:
        if uid not in self.document.by_uid:
            return True
        since = self.held.get((self.old.pk, uid))
        return at >= since if since else at > self.old.frozen_at

    def _is_before_new(self, uid: str, at: datetime.datetime) -> bool:
        since = self.held.get((self.new.pk, uid)) if self.new else None
        return since is None or at < since


def said_between(old: Edition, document: Document, new: Edition | None) -> Said:
    """What was said of what the new edition says otherwise than the old one (with this Document); until today where
    the other side is the working tree (None). One query."""
    span = Span(old, document, new)
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    origins: dict[str, set[str]] = defaultdict(set)
    for kind, _pk, node, text, at in _rows(old, new):
        uid = str(node)
        if kind == HELD_BACK:
            span.held[int(text), uid] = at
        elif kind == REASON and span.holds(uid, at):
            reasons[uid][text] = None
        elif kind == ORIGIN and span.holds(uid, at):
            origins[uid].add(str(uuid.UUID(text)))
    return Said({uid: list(each) for uid, each in reasons.items()}, dict(origins))


def _rows(old: Edition, new: Edition | None) -> QuerySet[Any]:
    """What was held back first, since the rest is read by it; reasons and origins that stood at the later freeze."""
    held = HeldBack.objects.filter(edition__in=[each.pk for each in (old, new) if each])
    reasons = HistoryRecord.objects.exclude(reason="").exclude(action=HistoryRecord.Action.REVIEWED)
    if new:
        reasons = reasons.filter(at__lte=new.frozen_at)
    origins = Origin.objects.standing(at=new.frozen_at if new else None)
    return (
        _columns(held.annotate(said=Value(HELD_BACK), text=_text("edition_id"), when=F("since")))
        .union(
            _columns(reasons.annotate(said=Value(REASON), text=F("reason"), when=F("at"))),
            _columns(origins.annotate(said=Value(ORIGIN), text=_text("origin_uid"), when=F("at"))),
            all=True,
        )
        .order_by("said", "pk")
    )


def _text(name: str) -> Cast:
    return Cast(name, CharField(max_length=1000))


def _columns(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values_list("said", "pk", "uid", "text", "when")
