"""On which proposals somebody may decide, those on deleted nodes included."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User

from editing.models import Proposal
from editing.rights import NodeRights, node_rights
from strategy.history.models import HistoryRecord
from strategy.tree.kinds import Kind
from strategy.tree.tree_rows import TreeRow

Action = Proposal.Action
PLACED = {Action.DELETE, Action.MOVE}


def decidable(user: User, proposals: Iterable[Proposal], rows: Iterable[TreeRow]) -> list[Proposal]:
    """Those on which this person may decide: who may do what is proposed. `rows` is the whole tree.

    Of a node that has been deleted whoever may change what it stood below; where nothing of that is left, whoever
    may change everything.
    """
    proposed = list(proposals)
    rights = node_rights(user)
    if rights.everywhere or not rights.themes:
        return proposed if rights.everywhere else []
    paths = {row.uid: row.path for row in rows}
    named = {uid for each in proposed for uid in _named(each)}
    above = _above(named - paths.keys(), paths)
    return [each for each in proposed if _cover(rights, each, paths, above)]


def _named(proposal: Proposal) -> list[str]:
    """The nodes that have to be one's own: what is proposed something for, and what it is to stand below."""
    uids = [] if proposal.action == Action.ADD else [proposal.uid]
    return [str(uid) for uid in [*uids, proposal.parent] if uid]


def _cover(
    rights: NodeRights, proposal: Proposal, paths: Mapping[str, str], above: Mapping[str, str | None]
) -> bool:
    """Whether these rights hold on all that it names; nothing named is the top of the tree."""
    named = _named(proposal)
    for uid in named:
        is_placed = proposal.action in PLACED and uid == str(proposal.uid) and uid in paths
        covers = rights.cover_place if is_placed else rights.cover
        if not covers(_standing(uid, paths, above)):
            return False
    return bool(named)


def _above(uids: set[str], paths: Mapping[str, str]) -> dict[str, str | None]:
    """Below which node each of these, and of those above them, stood when it was deleted last. A query a level."""
    above: dict[str, str | None] = {}
    for _level in Kind:
        if not uids:
            break
        gone = HistoryRecord.objects.filter(uid__in=uids, action=HistoryRecord.Action.DELETED).order_by("pk")
        parents = {str(each.uid): each.before["parent"] for each in gone}
        above |= parents
        uids = {parent for parent in parents.values() if parent} - paths.keys()
    return above


def _standing(uid: str | None, paths: Mapping[str, str], above: Mapping[str, str | None]) -> str:
    """The path of this node, or of the nearest above it that still stands; "" where there is none."""
    for _level in Kind:
        if uid is None or uid in paths:
            break
        uid = above.get(uid)
    return paths.get(uid or "", "")
