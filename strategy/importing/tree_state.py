"""The working tree as an import compares itself with it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strategy.editions import working_tree
from strategy.tree.content import Content, content_of_row
from strategy.tree.models import Node
from strategy.tree.placement import Parent


@dataclass(frozen=True, slots=True)
class NodeMarks:
    """What the program notes of a node beside what it says."""

    version: int
    review: str
    loaded_digest: str


def marks_of_nodes() -> dict[str, NodeMarks]:
    """The marks of every node, by uid."""
    rows = Node.objects.order_by().values_list("uid", "version", "review", "loaded_digest")
    return {str(uid): NodeMarks(*marks) for uid, *marks in rows}


class TreeState:
    """Every node of the working tree: what it says, its level, where it stands. A fixed number of queries."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {row["uid"]: row for row in working_tree.rows()}
        self.kinds: dict[str, str] = {uid: row["kind"] for uid, row in self.rows.items()}
        self.parents: dict[str, Parent] = {uid: row["parent"] for uid, row in self.rows.items()}
        self.children: dict[Parent, list[str]] = defaultdict(list, {None: []})
        for uid, parent in self.parents.items():
            self.children[parent].append(uid)
        self.marks = marks_of_nodes()
        self.slugs: dict[str, str] = {row["slug"]: uid for uid, row in self.rows.items()}

    def content(self, uid: str) -> Content:
        """What a node says."""
        return content_of_row(self.rows[uid])

    def title(self, uid: str | None) -> str:
        """Its title; "" for the top."""
        return str(self.rows[uid]["title"]) if uid else ""

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
            "review": self.marks[uid].review,
            "is_sample": self.rows[uid]["is_sample"],
        }

    def children_with(self, orders: Mapping[Parent, Sequence[str]]) -> dict[Parent, Sequence[str]]:
        """The children of every parent once some have these."""
        named = {uid for below in orders.values() for uid in below}
        left = {self.parents[uid] for uid in named if uid in self.parents} - orders.keys()
        without = {parent: [uid for uid in self.children[parent] if uid not in named] for parent in left}
        return {**self.children, **without, **orders}
