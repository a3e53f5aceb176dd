"""What has become of each entry of the working tree since the council adopted the strategy."""

import threading
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from strategy.document.comparison import RENUMBERED, Comparison, compare
from strategy.editions import working_tree
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node

NEW_KINDS = {"added", "split_from"}


class SinceAdopted(models.TextChoices):
    """How an entry stands to the adopted edition. One that only got another code is as adopted."""

    ADOPTED = "beschlossen", _("as adopted")
    CHANGED = "geaendert", _("changed since adopted")
    NEW = "neu", _("new since adopted")


@dataclass(frozen=True)
class Standing:
    """The working tree beside the adopted edition."""

    adopted: Edition
    comparison: Comparison

    def of(self, uid: str) -> SinceAdopted:
        """How this entry of the working tree stands."""
        change = self.comparison.by_uid.get(uid)
        if change is None or change.kinds == RENUMBERED:
            return SinceAdopted.ADOPTED
        return SinceAdopted.NEW if NEW_KINDS.intersection(change.kinds) else SinceAdopted.CHANGED

    @cached_property
    def gone(self) -> list[str]:
        """What the adopted edition holds and the working tree does not, in the words of the edition."""
        return [change.old.name for change in self.comparison.changes if change.old and not change.new]


@dataclass
class _Kept:
    """The last Standing, with what it was made of: comparing 1,500 measures takes 0.3 s."""

    key: tuple[object, ...] = ()
    standing: Standing | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_kept = _Kept()


def since_adopted() -> Standing | None:
    """The tree as it is now; None while no edition is adopted. Three queries, if nothing has changed since it was
    asked last."""
    adopted = Edition.objects.filter(state=Edition.State.ADOPTED).first()
    if adopted is None:
        return None
    key = _key(adopted)
    with _kept.lock:
        if _kept.key != key:
            old, new = library.document(adopted), working_tree.preview()
            _kept.standing, _kept.key = Standing(adopted, compare(old, new)), key
        return _kept.standing


def _key(adopted: Edition) -> tuple[object, ...]:
    """Another one with every change of the tree: each raises a version, adds or takes away, or is in the history.
    A clock's time is in it, since numbers come again after a restored backup."""
    tree = Node.objects.order_by().aggregate(Count("pk"), Sum("version"))
    last = HistoryRecord.objects.order_by("-pk").values_list("pk", "at").first()
    return (adopted.pk, adopted.digest, *tree.values(), last)
