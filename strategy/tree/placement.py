"""Where all nodes stand, and the paths that other lists of children ask for. Worked out in memory, no queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from strategy.document.alignment import aligned
from strategy.tree.kinds import first_misplaced
from strategy.tree.paths import child_path, number_of, parent_path

Parent = str | None  # a uid; None: the root
Orders = Mapping[Parent, Sequence[str]]  # the uids of all children that these parents are to have


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node as the table holds it; without a path and a key where it is new."""

    uid: str
    kind: str
    path: str = ""
    pk: int = 0


@dataclass
class Branch:
    """Nodes that go elsewhere together: what their paths begin with, what they are to begin with."""

    old: str
    new: str
    pks: list[int] = field(default_factory=list)


class Placement:
    """The tree before and after. As many siblings as can keep their paths."""

    def __init__(self, nodes: Iterable[PlacedNode], orders: Orders) -> None:
        """`nodes` are all that are there, in the order of their paths, then the new ones."""
        self.orders = orders
        self.nodes = {node.uid: node for node in nodes}
        uids = {node.path: uid for uid, node in self.nodes.items() if node.path}
        self.old_parents = {
            uid: uids.get(parent_path(node.path)) for uid, node in self.nodes.items() if node.path
        }
        self.parents = self.old_parents | {uid: parent for parent, below in orders.items() for uid in below}
        self.children: dict[Parent, list[str]] = defaultdict(list)
        for uid, parent in self.old_parents.items():
            self.children[parent].append(uid)
        self._paths: dict[str, str] = {}

    @cached_property
    def _steps(self) -> dict[str, int]:
        return {uid: step for below in self.orders.values() for uid, step in self._numbered(below)}

    def unknown(self) -> set[str]:
        """What is named and is neither in the tree nor new."""
        named = {uid for parent, below in self.orders.items() for uid in (parent, *below) if uid}
        return named - self.nodes.keys()

    def misplaced(self) -> tuple[str, str | None] | None:
        """The first level that may not stand where it is to, and its parent's; None where all may."""
        for parent, below in self.orders.items():
            above = self.nodes[parent].kind if parent else None
            kinds = [self.nodes[uid].kind for uid in below]
            if (index := first_misplaced(above, kinds)) is not None:
                return kinds[index], above
        return None

    def strays(self) -> set[str]:
        """Nodes that would stand nowhere, as their parent's list lacks them and no other has them; or twice."""
        named = Counter(uid for below in self.orders.values() for uid in below)
        there = {uid for parent in self.orders for uid in self.children.get(parent, ())}
        return {uid for uid, times in named.items() if times > 1} | (there - named.keys())

    def path(self, uid: Parent) -> str:
        """The path that a node is to have; "" of the root."""
        if uid is None:
            return ""
        if uid not in self._paths:
            above = self.path(self.parents[uid])
            step = self._steps.get(uid) or self._old_step(uid)
            self._paths[uid] = child_path(above, step)
        return self._paths[uid]

    def branches(self) -> list[Branch]:
        """What goes elsewhere, each node in one branch: that of the nearest above it that has another place."""
        moved = {uid for uid, step in self._steps.items() if self._goes(uid, step)}
        branches: dict[str, Branch] = {}
        for uid, parent in self.old_parents.items():
            node = self.nodes[uid]
            if uid in moved:
                branches[uid] = Branch(node.path, self.path(uid))
            elif parent in branches:
                branches[uid] = branches[parent]
            if uid in branches:
                branches[uid].pks.append(node.pk)
        return [branches[uid] for uid in moved]

    def numbers(self) -> dict[int, list[int]]:
        """The keys of those nodes that are to have another number of children, by that number."""
        change: dict[Parent, int] = defaultdict(int)
        for uid in self._steps:
            change[self.parents[uid]] += 1
            if uid in self.old_parents:
                change[self.old_parents[uid]] -= 1
        by_number: dict[int, list[int]] = defaultdict(list)
        for parent, more in change.items():
            if parent and more and (pk := self.nodes[parent].pk):
                by_number[len(self.children.get(parent, ())) + more].append(pk)
        return by_number

    def _goes(self, uid: str, step: int) -> bool:
        if uid not in self.old_parents:
            return False
        return self.parents[uid] != self.old_parents[uid] or step != self._old_step(uid)

    def _old_step(self, uid: str) -> int:
        return number_of(self.nodes[uid].path)

    def _numbered(self, below: Sequence[str]) -> list[tuple[str, int]]:
        """The children with their steps: growing, and what stays in its order keeps its own where it can."""
        if not below:
            return []
        parent = self.parents[below[0]]
        there = self.children.get(parent, [])
        kept = {there[i] for i, _j in aligned(there, list(below))}
        numbered, last = [], 0
        for uid in below:
            last = max(last + 1, self._old_step(uid) if uid in kept else 0)
            numbered.append((uid, last))
        return numbered
