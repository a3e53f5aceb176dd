"""Which adopted nodes get another code: the council, and whoever cites the strategy, knows them by theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.document.data import with_codes
from strategy.editions.adopted import decided_uids
from strategy.tree.placement import Parent
from strategy.tree.tree_rows import TreeRow

NAMED = 3  # codes that a sentence repeats
Children = Mapping[Parent, Sequence[str]]


@dataclass(frozen=True)
class Renumbering:
    """The codes of adopted nodes, before and after; false where all keep theirs. `str()` of it is a sentence."""

    codes: Sequence[tuple[str, str]]

    @classmethod
    def between(cls, before: Mapping[str, str], after: Mapping[str, str]) -> "Renumbering":
        """What differs between these codes, by uid. Nodes that are new or gone are not renumbered."""
        changed = {uid: (code, after[uid]) for uid, code in before.items() if after.get(uid, code) != code}
        decided = decided_uids() if changed else ()
        return cls([codes for uid, codes in changed.items() if uid in decided])

    def __bool__(self) -> bool:
        return bool(self.codes)

    def __str__(self) -> str:
        named = ", ".join(f"{old} → {new}" for old, new in self.codes[:NAMED])
        if (more := len(self.codes) - NAMED) > 0:
            named = _("%(codes)s and %(n)s more") % {"codes": named, "n": more}
        return ngettext(
            "This gives %(n)s node that the council has adopted another code: %(codes)s.",
            "This gives %(n)s nodes that the council has adopted other codes: %(codes)s.",
            len(self.codes),
        ) % {"n": len(self.codes), "codes": named}


def codes_in(rows: Iterable[TreeRow]) -> dict[str, str]:
    """The codes of these rows, by uid."""
    return {row.uid: row.code for row in rows if row.code}


def codes_without(rows: Iterable[TreeRow], path: str) -> dict[str, str]:
    """The codes that are left once the node of this path is deleted, with all that stands below it."""
    return codes_of(*_placed([row for row in rows if not row.path.startswith(path)]))


def codes_moved(rows: Iterable[TreeRow], node: TreeRow, parent: Parent, before: str | None) -> dict[str, str]:
    """The codes once a node stands below this parent, before that sibling; at the end where there is none."""
    children, kinds = _placed(rows)
    below = {each: [uid for uid in uids if uid != node.uid] for each, uids in children.items()}
    siblings = below.setdefault(parent, [])
    siblings.insert(siblings.index(before) if before else len(siblings), node.uid)
    return codes_of(below, kinds)


def codes_of(children: Children, kinds: Mapping[str, str]) -> dict[str, str]:
    """The codes of nodes of these levels that stand below each other so, by uid."""
    ordered: list[dict[str, str | None]] = []

    def add(parent: Parent) -> None:
        for uid in children.get(parent, ()):
            ordered.append({"uid": uid, "parent": parent, "kind": kinds[uid]})
            add(uid)

    add(None)
    return {node["uid"]: node["code"] for node in with_codes(ordered) if node["code"]}


def _placed(rows: Iterable[TreeRow]) -> tuple[dict[Parent, list[str]], dict[str, str]]:
    """The children of each parent in their order, and the level of each node."""
    rows = list(rows)
    uids = {row.path: row.uid for row in rows}
    children: dict[Parent, list[str]] = {}
    for row in rows:
        children.setdefault(uids.get(row.parent_path), []).append(row.uid)
    return children, {row.uid: row.kind for row in rows}
