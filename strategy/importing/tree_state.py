"""The working tree as an import compares itself with it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from strategy.editions import working_tree
from strategy.tree.content import Content, content_of_row
from strategy.tree.models import Node
from strategy.tree.placement import Parent


class Rows(dict[str, dict[str, Any]]):
    """What nodes say, by uid, as strategy.editions.working_tree has it; worked out when it is asked for."""

    def __init__(self, entries: Mapping[str, tuple[Any, ...]]) -> None:
        super().__init__()
        self._entries = entries

    def __missing__(self, uid: str) -> dict[str, Any]:
        self[uid] = working_tree.row_of(*self._entries[uid])
        return self[uid]


class TreeState:
    """Every node of the working tree: what it says, its level, where it stands. A fixed number of queries."""

    def __init__(self) -> None:
        entries = {str(entry[0].uid): entry for entry in working_tree.tree()}
        self.nodes: dict[str, Node] = {uid: node for uid, (node, _level, _row) in entries.items()}
        uids = {node.path: uid for uid, node in self.nodes.items()}
        self.parents: dict[str, Parent] = {
            uid: uids.get(node.path[: -Node.steplen]) for uid, node in self.nodes.items()
        }
        self.children: dict[Parent, list[str]] = defaultdict(list, {None: []})
        for uid, parent in self.parents.items():
            self.children[parent].append(uid)
        self.kinds: dict[str, str] = {uid: node.kind for uid, node in self.nodes.items()}
        self.slugs: dict[str, str] = {node.slug: uid for uid, node in self.nodes.items()}
        self._own = {uid: row for uid, (_node, _level, row) in entries.items()}
        self.rows = Rows({uid: (*entry, self.parents[uid]) for uid, entry in entries.items()})

    def copy_of(self, uid: str) -> Any:
        """A node as an object of its own level that may be changed."""
        return copy(self._own[uid])

    def content(self, uid: str) -> Content:
        """What a node says."""
        return content_of_row(self.rows[uid])

    def title(self, uid: str | None) -> str:
        """Its title; "" for the top."""
        return self.nodes[uid].title if uid else ""

    def root(self, uid: str) -> str:
        """The theme or chapter that a node belongs to."""
        while parent := self.parents[uid]:
            uid = parent
        return uid

    def below(self, uid: str) -> Iterator[str]:
        """A node and all below it."""
        yield uid
        for child in self.children.get(uid, ()):
            yield from self.below(child)

    def state(self, uid: str) -> dict[str, Any]:
        """The state of a node as a record of the history holds it."""
        parent = self.parents[uid]
        return {
            "content": self.content(uid),
            "parent": parent,
            "above": self.title(parent),
            "position": self.children[parent].index(uid),
            "review": str(self.nodes[uid].review),
            "is_sample": self.nodes[uid].is_sample,
        }

    def children_with(self, orders: Mapping[Parent, Sequence[str]]) -> dict[Parent, Sequence[str]]:
        """The children of every parent once some have these."""
        named = {uid for below in orders.values() for uid in below}
        left = {self.parents[uid] for uid in named if uid in self.parents} - orders.keys()
        without = {parent: [uid for uid in self.children[parent] if uid not in named] for parent in left}
        return {**self.children, **without, **orders}
