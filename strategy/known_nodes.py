"""Every node that editors can name: those of the working tree, and what public editions hold besides."""

from collections.abc import Iterable
from dataclasses import dataclass

from strategy.editions import Edition
from strategy.kinds import Kind
from strategy.library import library
from strategy.text import folded
from strategy.tree_rows import tree_rows


@dataclass(frozen=True, slots=True)
class KnownNode:
    """A node with its code and title: those of today, or those of the last public edition that has it."""

    uid: str
    kind: str
    code: str
    title: str
    edition: Edition | None = None  # None: it is in the working tree

    @property
    def name(self) -> str:
        """Code and title; the title alone where there is no code."""
        return f"{self.code} {self.title}".lstrip()

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Kind(self.kind).label)


def known_nodes() -> dict[str, KnownNode]:
    """By uid: the working tree in its order, then what is gone from it, the newest edition first."""
    known = {row.uid: KnownNode(row.uid, row.kind, row.code, row.title) for row in tree_rows()}
    for edition in Edition.objects.public().filter(withheld_on=None).newest_first():
        for uid, entry in library.document(edition).by_uid.items():
            if uid not in known:
                known[uid] = KnownNode(uid, entry.kind, entry.code, entry.title, edition)
    return known


def named(nodes: Iterable[KnownNode], text: str) -> list[KnownNode]:
    """Those in whose code and title every word of the text occurs; first those whose code begins with it."""
    words = folded(text).split()
    found = [node for node in nodes if all(word in folded(node.name) for word in words)]
    return sorted(found, key=lambda node: not node.name.startswith(text.strip()))
