"""The order of siblings where an import names some of them. Plain Python: keys, levels, lists."""

from collections.abc import Mapping, Sequence

from strategy.document.alignment import aligned
from strategy.tree.kinds import Kind, admits, nearest_place
from strategy.tree.placement import Orders, Parent

Kinds = Mapping[str, str]


class NoPlace(Exception):
    """There is no place for `key` among those that stand below a parent."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def kind_of(parent: Parent, kinds: Kinds) -> str | None:
    """The level of a parent; None at the top."""
    return kinds[parent] if parent else None


def merged(
    parent: Parent, siblings: Sequence[str], others: Sequence[str], kinds: Kinds, *, start: int = 0
) -> list[str]:
    """The siblings in their order, and each of the others behind the one that stands before it among the others.

    What has none before it that both lists have, in the same order, comes to `start`; where its level may not
    stand, to the nearest place. NoPlace where there is none.
    """
    order, names = list(siblings), set(siblings)
    steady = {others[i] for i, _j in aligned(list(others), order)}
    before: str | None = None
    for key in others:
        if key in names:
            before = key if key in steady else before
            continue
        at = order.index(before) + 1 if before else start
        index = nearest_place(kind_of(parent, kinds), [kinds[each] for each in order], kinds[key], at)
        if index is None:
            raise NoPlace(key)
        order.insert(index, key)
        before = key
    return order


def restored(parent: Parent, siblings: Sequence[str], wanted: Sequence[str], kinds: Kinds) -> list[str]:
    """The same siblings: those that are wanted in that order, each of the others where it stood, if it may."""
    names = set(wanted)
    following = iter(wanted)
    order = [next(following) if key in names else key for key in siblings]
    if admits(kind_of(parent, kinds), [kinds[key] for key in order]):
        return order
    order = list(wanted)
    for at, key in enumerate(siblings):
        if key not in names:
            index = nearest_place(kind_of(parent, kinds), [kinds[each] for each in order], kinds[key], at)
            order.insert(len(order) if index is None else index, key)
    return order


def kept(now: Sequence[str], then: Sequence[str], kinds: Kinds) -> set[str]:
    """The most siblings that stay where they are. Chapters are moved past the themes, not the themes."""
    names = set(then)
    there = [key for key in now if key in names]
    olds, news = _runs(there, kinds), _runs(then, kinds)
    if len(olds) != len(news):
        olds, news = [there], [then]
    pairs = zip(olds, news, strict=True)
    return {old[i] for old, new in pairs for i, _j in aligned(list(old), list(new))}


def _runs(keys: Sequence[str], kinds: Kinds) -> list[Sequence[str]]:
    """The chapters before the themes, the themes, the chapters after them; all as one where there are no themes."""
    themes = [index for index, key in enumerate(keys) if kinds[key] == Kind.THEME]
    if not themes:
        return [keys]
    return [keys[: themes[0]], keys[themes[0] : themes[-1] + 1], keys[themes[-1] + 1 :]]


def moved(children: Mapping[Parent, Sequence[str]], orders: Orders, kinds: Kinds) -> list[str]:
    """Those of the nodes that are there (`children`) which go elsewhere if these parents get these children."""
    there = {key for below in children.values() for key in below}
    return [
        key
        for parent, below in orders.items()
        for staying in [kept(children.get(parent, ()), below, kinds)]
        for key in below
        if key in there and key not in staying
    ]
