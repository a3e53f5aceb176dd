"""Operations as the history lists them: a line each, with how much of what was done."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from editing.rights import node_rights
from strategy.history.models import HistoryRecord
from strategy.history.operations import Operation
from strategy.people import AnyUser
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of

Action = HistoryRecord.Action


@dataclass(frozen=True)
class OperationLine:
    """An operation; how many nodes of which level were what by it, in words; what took it back; whether this person
    is offered to take it back, which they are where it is theirs or they edit everything."""

    operation: Operation
    counts: tuple[str, ...]
    taken_back_by: Operation | None
    may_undo: bool


def operation_lines(records: Iterable[HistoryRecord], user: AnyUser) -> dict[uuid.UUID, OperationLine]:
    """The operations that these records belong to, by batch. Three queries."""
    batches = {record.batch for record in records}
    operations = list(Operation.objects.filter(uid__in=batches).select_related("by"))
    if not operations:
        return {}
    back = _taken_back()
    counts = _counts([each.uid for each in operations])
    everywhere = node_rights(user).everywhere
    return {
        each.uid: OperationLine(
            each, counts[each.uid], back.get(each.uid), everywhere or each.by_id == user.pk
        )
        for each in operations
    }


def _taken_back() -> dict[uuid.UUID, Operation]:
    """What took back which batch, as far as that was not taken back itself."""
    back: dict[uuid.UUID, Operation] = {}
    undone: set[uuid.UUID] = set()
    undos = Operation.objects.filter(kind=Operation.Kind.UNDO).only("uid", "at", "takes_back")
    for each in undos.order_by("-pk"):
        if each.uid not in undone and each.takes_back:
            undone.add(each.takes_back)
            back.setdefault(each.takes_back, each)
    return back


def _counts(batches: list[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    rows = HistoryRecord.objects.filter(batch__in=batches).order_by().values_list("batch", "action", "kind")
    numbers: dict[uuid.UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for batch, action, kind, number in rows.annotate(n=Count("uid", distinct=True)):
        numbers[batch][action, kind] = number
    order = [(action, kind) for action in Action.values for kind in Kind.values]
    return {
        batch: tuple(
            _said(action, kind, found[action, kind]) for action, kind in order if (action, kind) in found
        )
        for batch, found in numbers.items()
    }


def _said(action: str, kind: str, number: int) -> str:
    meta = level_of(kind).model._meta
    what = f"{number} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"
    words = {
        Action.ADDED: _("%(what)s new"),
        Action.CHANGED: _("%(what)s changed"),
        Action.MOVED: _("%(what)s moved"),
        Action.REVIEWED: _("%(what)s with another review state"),
        Action.DELETED: _("%(what)s deleted"),
        Action.RESTORED: _("%(what)s restored"),
        Action.ORIGINS: _("%(what)s with other origins"),
    }
    return words[Action(action)] % {"what": what}
