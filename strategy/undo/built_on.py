"""What the apps above keep about nodes, such as reports or remarks: a new node that has some does not go."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from strategy.text.lazy_text import LazyText

Uids = Collection[str]
BATCH = 500


@dataclass(frozen=True)
class Kept:
    """Which of some nodes (uids) rows are kept of, and what is said of such a node, in a sentence."""

    find: Callable[[Uids], Collection[str]]
    says: LazyText


_kept: list[Kept] = []


def register(find: Callable[[Uids], Collection[str]], says: LazyText) -> None:
    """Have new nodes of which `find` finds something stay, with this sentence."""
    _kept.append(Kept(find, says))


def rows_by_uid(model: Any, **only: Any) -> Callable[[Uids], set[str]]:
    """Finds the nodes of which a model has rows by `uid`. A query for 500 nodes."""

    def find(uids: Uids) -> set[str]:
        return {str(uid) for part in _parts(uids) for uid in _rows(part)}

    def _rows(part: list[uuid.UUID]) -> Any:
        rows = model._default_manager.filter(uid__in=part, **only)
        return rows.order_by().values_list("uid", flat=True).distinct()

    return find


def _parts(uids: Uids) -> Iterator[list[uuid.UUID]]:
    wanted = [uuid.UUID(uid) for uid in uids]
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]


def built_on(uids: Uids) -> dict[str, list[str]]:
    """What is kept of these nodes, in sentences, by uid."""
    says: dict[str, list[str]] = defaultdict(list)
    for each in _kept if uids else ():
        for uid in each.find(uids):
            says[uid].append(str(each.says))
    return dict(says)
