"""The order that a table asks for, and the fewest steps that lead there. Plain Python: keys, levels, lists.

Nodes that are not in the table keep their place behind the sibling that stands before them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategy.importing.order import Kinds, kept, kind_of, merged
from strategy.tree.kinds import admits, first_misplaced
from strategy.tree.placement import Parent


@dataclass(frozen=True)
class Step:
    """A node is put beside `target` ("left" or "right" of it), or below a parent without children (None)."""

    key: str
    parent: Parent
    target: str | None
    pos: str


def arranged(parent: Parent, current: Sequence[str], wanted: Sequence[str], kinds: Kinds) -> list[str]:
    """The children of a parent: the wanted ones in their order, and those that are in no row among them.

    `current` are the children that do not leave. NoPlace where the levels do not admit both.
    """
    return merged(parent, wanted, current, kinds)


def misplaced(parent: Parent, wanted: Sequence[str], kinds: Kinds) -> str | None:
    """The first of these children that may not stand where it does; None where all may."""
    index = first_misplaced(kind_of(parent, kinds), [kinds[key] for key in wanted])
    return None if index is None else wanted[index]


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
        settled = {
            parent: kept(self.children.get(parent, []), self.finals[parent], self.kinds) for parent in parents
        }
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
        above, kind = kind_of(parent, self.kinds), self.kinds[key]
        for index in range(first, last + 1):
            if admits(above, [*found[:index], kind, *found[index:]]):
                self._put(key, parent, index, siblings)
                target = siblings[index - 1] if index else next(iter(siblings), None)
                return Step(key, parent, target, "right" if index else "left")
        return None

    def _put(self, key: str, parent: Parent, index: int, siblings: list[str]) -> None:
        if key in self.parents:
            self.children[self.parents[key]].remove(key)
        self.parents[key] = parent
        self.children[parent] = [*siblings[:index], key, *siblings[index:]]
