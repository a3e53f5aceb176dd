"""Which nodes others are said to have come from, once that is taken back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from strategy.history.origins import Origin
from strategy.undo.steps import NodeStep


@dataclass(frozen=True)
class OriginsBack:
    """The uids that a node's origins are to be; their titles today and then."""

    uids: frozenset[str]
    now: tuple[str, ...]
    then: tuple[str, ...]


def origins_back(steps: Iterable[NodeStep]) -> dict[str, OriginsBack]:
    """By uid, of those nodes whose origins become others. What was named or taken out since stays so. One query."""
    changes = {step.uid: step.origins for step in steps if step.origins}
    if not changes:
        return {}
    today: dict[str, dict[str, str]] = defaultdict(dict)
    titles: dict[str, str] = {}
    for origin in Origin.objects.filter(uid__in=list(changes)):
        titles[str(origin.origin_uid)] = origin.origin_title
        if origin.removed_at is None:
            today[str(origin.uid)][str(origin.origin_uid)] = origin.origin_title
    back = {}
    for uid, (before, after) in changes.items():
        now = today[uid].keys()
        then = (now - (after - before)) | (before - after)
        if then != now:
            back[uid] = OriginsBack(frozenset(then), _named(now, titles), _named(then, titles))
    return back


def _named(uids: Iterable[str], titles: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(titles[uid] for uid in uids))
