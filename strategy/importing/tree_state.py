"""The working tree as a plan compares itself with it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from strategy.editions import working_tree
from strategy.tree.content import Content, content_of
from strategy.tree.paths import parent_path
from strategy.tree.placement import Orders, Parent


@dataclass(frozen=True)
class TreeState:
    """Every node by uid, as an object of its own level with all that its fields refer to; where each stands."""

    nodes: Mapping[str, Any]
    parents: Mapping[str, Parent]
    children: Mapping[Parent, Sequence[str]]

    @classmethod
    def now(cls) -> "TreeState":
        """As the database has it. A fixed number of queries."""
        nodes = {str(row.uid): row for _node, _level, row in working_tree.tree()}
        uids = {node.path: uid for uid, node in nodes.items()}
        parents = {uid: uids.get(parent_path(node.path)) for uid, node in nodes.items()}
        children: dict[Parent, list[str]] = defaultdict(list)
        for uid, parent in parents.items():
            children[parent].append(uid)
        return cls(nodes, parents, dict(children))

    def after(
        self, orders: Orders, written: Mapping[str, Any], gone: Collection[str] = frozenset()
    ) -> "TreeState":
        """The same once parents have these children, once these nodes are what they are, and others are gone."""
        parents = {uid: parent for parent, below in orders.items() for uid in below}
        left = {self.parents[uid] for uid in parents if uid in self.parents} - orders.keys()
        without = {parent: [uid for uid in self.below(parent) if uid not in parents] for parent in left}
        children = {**self.children, **without, **orders}
        if gone:
            children = {
                parent: [uid for uid in below if uid not in gone] for parent, below in children.items()
            }
        return TreeState({**self.nodes, **written}, {**self.parents, **parents}, children)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The levels, by uid."""
        return {uid: node.kind for uid, node in self.nodes.items()}

    @cached_property
    def slugs(self) -> dict[str, str]:
        """The uids, by address."""
        return {node.slug: uid for uid, node in self.nodes.items()}

    def below(self, parent: Parent) -> Sequence[str]:
        """The children of a node, or the roots."""
        return self.children.get(parent, ())

    def branch(self, uid: str) -> Iterator[str]:
        """A node and all below it."""
        yield uid
        for child in self.below(uid):
            yield from self.branch(child)

    def in_order(self, uids: Collection[str]) -> list[str]:
        """These of its nodes in the order of the tree: what stands above others comes first."""
        return [uid for uid in self.nodes if uid in uids]

    def root(self, uid: str) -> str:
        """The theme or chapter that a node belongs to."""
        while parent := self.parents[uid]:
            uid = parent
        return uid

    def title(self, uid: str | None) -> str:
        """Its title; "" for the top."""
        return str(self.nodes[uid].title) if uid else ""

    def content(self, uid: str) -> Content:
        """What a node says."""
        return content_of(self.nodes[uid])

    def state(self, uid: str) -> dict[str, Any]:
        """The state of a node as a record of the history holds it."""
        node, parent = self.nodes[uid], self.parents[uid]
        return {
            "content": self.content(uid),
            "parent": parent,
            "above": self.title(parent),
            "position": self.below(parent).index(uid),
            "review": str(node.review),
            "is_sample": node.is_sample,
        }
