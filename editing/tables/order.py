"""The order that a table asks for, and the fewest steps that lead there. Plain Python: keys, levels, lists.

Nodes that are not in the table keep their place behind the sibling that stands before them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategy.document.alignment import aligned
from strategy.tree.kinds import Kind, admits, last_place

Parent = str | None
Kinds = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """A node is put beside `target` ("left" or "right" of it), or below a parent without children (None).

    `is_last` is true where its level would come to stand there anyway.
    """

    key: str
    parent: Parent
    target: str | None
    pos: str
    is_last: bool


class NoPlace(Exception):
    """The node `key`, which is not in the table, and what is asked for cannot both stand below a parent."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def arranged(parent: Parent, current: Sequence[str], wanted: Sequence[str], kinds: Kinds) -> list[str]:
    """The children of a parent: the wanted ones in their order, and those that are in no row among them.

    `current` are the children that do not leave. NoPlace where the levels do not admit both.
    """
    names = set(wanted)
    steady = {current[i] for i, _j in aligned(list(current), list(wanted))}
    order = list(wanted)
    before: str | None = None
    for key in current:
        if key in names:
            before = key if key in steady else before
            continue
        index = _nearest(kinds_of(parent, kinds), order, kinds, key, order.index(before) + 1 if before else 0)
        if index is None:
            raise NoPlace(key)
        order.insert(index, key)
        before = key
    return order


def kinds_of(parent: Parent, kinds: Kinds) -> str | None:
    """The level of a parent; None at the top."""
    return kinds[parent] if parent else None


def first_misplaced(parent: Parent, wanted: Sequence[str], kinds: Kinds) -> str | None:
    """The first of these children that may not stand where it does; None where all may."""
    found = [kinds[key] for key in wanted]
    above = kinds_of(parent, kinds)
    if admits(above, found):
        return None
    return next(key for end, key in enumerate(wanted, start=1) if not admits(above, found[:end]))


def _nearest(parent: str | None, order: list[str], kinds: Kinds, key: str, at: int) -> int | None:
    places = sorted(range(len(order) + 1), key=lambda place: (abs(place - at), place < at))
    found = [kinds[each] for each in order]
    return next(
        (place for place in places if admits(parent, [*found[:place], kinds[key], *found[place:]])), None
    )


class Arranging:
    """Finds the steps from the order that is there to the one that is wanted, each of which the levels admit.

    `finals` holds the children of each parent that the table says anything about. `children` is kept in step.
    """

    def __init__(
        self, children: Mapping[Parent, Sequence[str]], finals: Mapping[Parent, Sequence[str]], kinds: Kinds
    ) -> None:
        self.children: dict[Parent, list[str]] = {parent: list(keys) for parent, keys in children.items()}
        self.finals = finals
        self.kinds = kinds
        self.parents = {key: parent for parent, keys in children.items() for key in keys}
        self.stuck: list[str] = []

    def steps(self) -> list[Step]:
        """The steps, from the top of the tree downwards. What finds no way is in `stuck`."""
        return [step for depth in self._depths() for step in self._settle(depth)]

    def _depths(self) -> Iterator[list[Parent]]:
        depth: list[Parent] = [None]
        while depth:
            yield depth
            depth = [key for parent in depth for key in self._final(parent)]

    def _final(self, parent: Parent) -> Sequence[str]:
        return self.finals[parent] if parent in self.finals else self.children.get(parent, [])

    def _settle(self, depth: list[Parent]) -> Iterator[Step]:
        parents = [parent for parent in depth if parent in self.finals]
        settled = {parent: self._kept(parent) for parent in parents}
        waiting = [
            (key, parent) for parent in parents for key in self.finals[parent] if key not in settled[parent]
        ]
        while waiting:
            left = []
            for key, parent in waiting:
                step = self._step(key, parent, settled[parent])
                if step is None:
                    left.append((key, parent))
                    continue
                settled[parent].add(key)
                yield step
            if len(left) == len(waiting):
                self.stuck += [key for key, _parent in left]
                return
            waiting = left

    def _kept(self, parent: Parent) -> set[str]:
        """The most children that need not be touched. Chapters are moved past the themes, not the themes."""
        final = self.finals[parent]
        current = [key for key in self.children.get(parent, []) if key in set(final)]
        olds, news = _runs(current, self.kinds), _runs(final, self.kinds)
        if len(olds) != len(news):
            olds, news = [current], [final]
        pairs = zip(olds, news, strict=True)
        return {old[i] for old, new in pairs for i, _j in aligned(list(old), list(new))}

    def _step(self, key: str, parent: Parent, settled: set[str]) -> Step | None:
        """Put a node between the settled ones where the levels admit it; None where they do not yet."""
        final = self.finals[parent]
        siblings = [each for each in self.children.get(parent, []) if each != key]
        at = final.index(key)
        before = next((each for each in reversed(final[:at]) if each in settled), None)
        after = next((each for each in final[at + 1 :] if each in settled), None)
        first = siblings.index(before) + 1 if before else 0
        last = siblings.index(after) if after else len(siblings)
        found = [self.kinds[each] for each in siblings]
        above, kind = kinds_of(parent, self.kinds), self.kinds[key]
        for index in range(first, last + 1):
            if admits(above, [*found[:index], kind, *found[index:]]):
                self._put(key, parent, index, siblings)
                target = siblings[index - 1] if index else next(iter(siblings), None)
                is_last = index == last_place(above, found, kind)
                return Step(key, parent, target, "right" if index else "left", is_last)
        return None

    def _put(self, key: str, parent: Parent, index: int, siblings: list[str]) -> None:
        if key in self.parents:
            self.children[self.parents[key]].remove(key)
        self.parents[key] = parent
        self.children[parent] = [*siblings[:index], key, *siblings[index:]]


def _runs(keys: Sequence[str], kinds: Kinds) -> list[Sequence[str]]:
    """The chapters before the themes, the themes, the chapters after them; all as one where there are no themes."""
    themes = [index for index, key in enumerate(keys) if kinds[key] == Kind.THEME]
    if not themes:
        return [keys]
    return [keys[: themes[0]], keys[themes[0] : themes[-1] + 1], keys[themes[-1] + 1 :]]
