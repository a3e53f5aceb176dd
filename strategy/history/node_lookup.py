"""Every node that editors can name: those of the working tree, and what public editions hold besides."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategy.document.data import name_with_code
from strategy.editions.cited_codes import cited_rows
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.history.models import HistoryRecord
from strategy.text.rules import folded
from strategy.tree.kinds import Kind
from strategy.tree.tree_rows import both_codes


@dataclass(frozen=True, slots=True)
class KnownNode:
    """A node with its code and title: those of today, or those of the last public edition that has it."""

    uid: str
    kind: str
    code: str
    title: str
    edition: Edition | None = None  # None: it is in the working tree
    cited: str = ""  # the code by which the public cites it

    @property
    def name(self) -> str:
        """Codes and title; the title alone where there is no code."""
        return name_with_code(both_codes(self.code, self.cited), self.title)

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Kind(self.kind).label)


def known_nodes() -> dict[str, KnownNode]:
    """By uid: the working tree in its order, then what is gone from it, the newest edition first."""
    rows = cited_rows()
    known = {row.uid: KnownNode(row.uid, row.kind, row.code, row.title, cited=row.cited) for row in rows}
    for edition in Edition.objects.public().filter(withheld_on=None).newest_first():
        for uid, entry in library.document(edition).by_uid.items():
            if uid not in known:
                known[uid] = KnownNode(uid, entry.kind, entry.code, entry.title, edition)
    return known


def named(nodes: Iterable[KnownNode], text: str) -> list[KnownNode]:
    """Those in whose code and title every word of the text occurs; first those of whose codes one begins with it."""
    words = folded(text).split()
    matching = [node for node in nodes if all(word in folded(node.name) for word in words)]
    code = text.strip()
    return sorted(matching, key=lambda node: not (node.name.startswith(code) or node.cited.startswith(code)))


def names_of(uids: Iterable[uuid.UUID | str]) -> dict[str, str]:
    """What these nodes are called, by uid: code and title; of one that is gone the last title that is known."""
    wanted = {str(uid) for uid in uids}
    names = {row.uid: row.name for row in cited_rows() if row.uid in wanted}
    if gone := wanted - names.keys():
        titles = _last_titles(gone)
        names |= {uid: f"{titles[uid]} {_('(no longer in the working tree)')}" for uid in gone}
    return names


def _last_titles(uids: set[str]) -> dict[str, str]:
    """The title in the last public edition, else in the history; where neither has one, the uid."""
    records = HistoryRecord.objects.filter(uid__in=uids).order_by("pk").values_list("uid", "title")
    titles = {str(uid): title for uid, title in records}
    published = {uid: node.title for uid, node in known_nodes().items() if uid in uids}
    return {uid: uid for uid in uids} | titles | published
