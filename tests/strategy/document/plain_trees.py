"""Editions' data without a database: from an outline, or grown and edited at random by the level rules."""

from collections.abc import Iterator
from random import Random
from textwrap import dedent
from typing import Any

from strategy.document.changes import ABSENT
from strategy.document.data import with_codes
from strategy.document.document import Document
from strategy.tree.kinds import admits, kinds_below

META: dict[str, Any] = {
    "city": "Herne",
    "title": "Strategie",
    "subtitle": "",
    "edition": {"title": "Erste", "remark": ""},
    "basis": None,
    "has_sample": False,
    "sdgs": [],
}
VALUES: list[Any] = [None, "", [], 0, 1, True, False, "12.5", ["Netz", "Dach"], {"key": "a", "name": "A"}]


def node(uid: str, parent: str | None, kind: str, **changes: Any) -> dict[str, Any]:
    """A node that says little. Its values may be given beside the other fields."""
    common = {
        "title": uid,
        "slug": uid.lower(),
        "text": "",
        "easy_text": "",
        "is_sample": False,
        "values": {},
    }
    return {"uid": uid, "parent": parent, "kind": kind, **common, **changes}


def tree_data(outline: str, meta: dict[str, Any] | None = None, **changes: dict[str, Any]) -> dict[str, Any]:
    """The data of an outline of levels and uids. `changes` holds what else a node says, by its uid."""
    nodes, path = [], []
    for line in filter(str.strip, dedent(outline).splitlines()):
        kind, uid = line.split()
        depth = (len(line) - len(line.lstrip())) // 2
        path = [*path[:depth], uid]
        nodes.append(node(uid, path[depth - 1] if depth else None, kind, **changes.get(uid, {})))
    return {"format": 1, "meta": META | (meta or {}), "nodes": with_codes(nodes)}


def tree_document(outline: str, meta: dict[str, Any] | None = None, **changes: dict[str, Any]) -> Document:
    return Document.from_data(tree_data(outline, meta, **changes))


def themes(titles: str) -> Document:
    """A Document of themes alone, such as of "A B C"."""
    return tree_document("\n".join(f"theme {title}" for title in titles.split()))


class RandomTree:
    """A tree that keeps the level rules, whatever is done to it. An edit that finds no place does nothing."""

    def __init__(self, rng: Random, size: int) -> None:
        self.rng = rng
        self.meta = dict(META)
        self.nodes: dict[str, dict[str, Any]] = {}
        self.children: dict[str | None, list[str]] = {None: []}
        self.uids = (f"n{number}" for number in range(10**6))
        self.gone: list[str] = []
        for _ in range(size):
            self.add()

    def data(self) -> dict[str, Any]:
        rows = [{**self.nodes[uid], "parent": parent} for uid, parent in self.walk(None)]
        nodes = [{**row, "values": dict(row["values"])} for row in rows]
        return {"format": 1, "meta": dict(self.meta), "nodes": with_codes(nodes)}

    def document(self) -> Document:
        return Document.from_data(self.data())

    def walk(self, parent: str | None) -> Iterator[tuple[str, str | None]]:
        for uid in self.children[parent]:
            yield uid, parent
            yield from self.walk(uid)

    def add(self) -> str | None:
        """A new node. Returns its uid, now and then that of one that is gone."""
        parent = self.rng.choice([uid for uid in self.children if kinds_below(self._kind(uid))])
        kind = self.rng.choice(kinds_below(self._kind(parent))).value
        index = self._index(parent, self.children[parent], kind)
        if index is None:
            return None
        reuses = self.gone and self.rng.random() < 0.3
        uid = self.gone.pop() if reuses else next(self.uids)
        values = {name: self.rng.choice(VALUES) for name in self.rng.sample("abc", 2)}
        self.nodes[uid] = node(uid, parent, kind, values=values)
        self.children[uid] = []
        self.children[parent].insert(index, uid)
        return uid

    def remove(self) -> list[str]:
        """A node with all below it. Returns their uids."""
        uid = self._any()
        if uid is None:
            return []
        removed = [uid, *(each for each, _parent in self.walk(uid))]
        self._siblings(uid).remove(uid)
        for each in removed:
            del self.nodes[each], self.children[each]
        self.gone += removed
        return removed

    def move(self) -> str | None:
        """A node to another parent. Returns its uid."""
        uid = self._any()
        if uid is None:
            return None
        below = {uid, *(each for each, _parent in self.walk(uid))}
        for parent in self.rng.sample(list(self.children), len(self.children)):
            siblings = self.children[parent]
            index = self._index(parent, siblings, self._kind(uid))
            if parent not in below and uid not in siblings and index is not None:
                self._siblings(uid).remove(uid)
                siblings.insert(index, uid)
                return uid
        return None

    def reorder(self) -> str | None:
        """A node to another place among its siblings. Returns its uid."""
        uid = self._any()
        if uid is None:
            return None
        siblings = self._siblings(uid)
        others = [each for each in siblings if each != uid]
        parent = next(parent for parent, below in self.children.items() if below is siblings)
        index = self._index(parent, others, self._kind(uid), but=siblings.index(uid))
        if index is None:
            return None
        others.insert(index, uid)
        siblings[:] = others
        return uid

    def reword(self) -> tuple[str, str, Any, Any] | None:
        """A field of a node. Returns uid, name, old and new value (ABSENT for one that it lacked)."""
        uid = self._any()
        if uid is None:
            return None
        name = self.rng.choice(["title", "slug", "text", "easy_text", "is_sample", "a", "b", "c"])
        fields = self.nodes[uid]["values"] if name in "abc" else self.nodes[uid]
        old = fields.get(name, ABSENT)
        new = not old if name == "is_sample" else f"{old}{self.rng.randrange(10)}"
        fields[name] = new
        return uid, name, old, new

    def edit(self) -> None:
        """Any of these, or a change of the meta, or of the fields that a level has."""
        self.rng.choice(
            [self.add, self.remove, self.move, self.reorder, self.reword, self._retitle, self._field]
        )()

    def _retitle(self) -> None:
        name = self.rng.choice(["city", "title", "basis", "sdgs", "edition", "later"])
        value = f"{name} {self.rng.randrange(10)}"
        self.meta[name] = {"title": value, "remark": ""} if name == "edition" else value

    def _field(self) -> None:
        uid, name = self._any(), self.rng.choice("abc")
        if uid:
            values = self.nodes[uid]["values"]
            if name in values and self.rng.random() < 0.3:
                del values[name]
            else:
                values[name] = self.rng.choice(VALUES)

    def _any(self) -> str | None:
        return self.rng.choice(list(self.nodes)) if self.nodes else None

    def _kind(self, uid: str | None) -> str | None:
        return self.nodes[uid]["kind"] if uid else None

    def _siblings(self, uid: str) -> list[str]:
        return next(below for below in self.children.values() if uid in below)

    def _index(self, parent: str | None, siblings: list[str], kind: str | None, but: int = -1) -> int | None:
        kinds = [self._kind(each) for each in siblings]
        found = [
            index
            for index in range(len(siblings) + 1)
            if index != but and admits(self._kind(parent), [*kinds[:index], kind, *kinds[index:]])
        ]
        return self.rng.choice(found) if found else None
