"""The working tree as an import compares a table with it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from strategy.editions import working_tree
from strategy.tree.content import Content, content_of_row
from strategy.tree.models import Node


def versions_of_nodes() -> dict[str, int]:
    """The version of every node's content, by uid."""
    return {str(uid): version for uid, version in Node.objects.values_list("uid", "version")}


class TreeState:
    """Every node of the working tree: what it says, its level, where it stands. A fixed number of queries."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {row["uid"]: row for row in working_tree.rows()}
        self.kinds: dict[str, str] = {uid: row["kind"] for uid, row in self.rows.items()}
        self.parents: dict[str, str | None] = {uid: row["parent"] for uid, row in self.rows.items()}
        self.children: dict[str | None, list[str]] = defaultdict(list, {None: []})
        for uid, parent in self.parents.items():
            self.children[parent].append(uid)
        self.versions = versions_of_nodes()
        self.slugs: dict[str, str] = {row["slug"]: uid for uid, row in self.rows.items()}

    def content(self, uid: str) -> Content:
        """What a node says."""
        return content_of_row(self.rows[uid])

    def title(self, uid: str | None) -> str:
        """Its title; "" for the top."""
        return self.rows[uid]["title"] if uid else ""

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
