"""Saying which nodes a node came from: whoever may change the node."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from strategy.document.data import Plain
from strategy.history import node_actions
from strategy.history.models import HistoryRecord, state_of
from strategy.history.node_lookup import known_nodes
from strategy.history.origins import Origin
from strategy.people import require_permission
from strategy.tree.levels import own
from strategy.tree.models import Node, locked_tree


def set_origins(node: Node, *, origins: Collection[str], by: User | None = None, reason: str = "") -> bool:
    """Make these (uids) the origins of a node; whether anything changed. Leaves a record in the history.

    ValidationError, and nothing changed, where one is the node itself or a node that nobody knows.
    """
    with locked_tree():
        node = own(Node.objects.get(uid=node.uid))
        require_permission(by, "strategy.change_node", node)
        standing = {str(each.origin_uid): each for each in Origin.objects.of(node.uid).standing()}
        added = [uid for uid in dict.fromkeys(origins) if uid not in standing]
        removed = [each for uid, each in standing.items() if uid not in origins]
        if not added and not removed:
            return False
        before = state_with_origins(node)
        for uid, title in _titles(node, added).items():
            Origin.objects.create(uid=node.uid, origin_uid=uid, origin_title=title, by=by)
        for each in removed:
            each.removed_at, each.removed_by = timezone.now(), by
            each.save(update_fields=["removed_at", "removed_by"])
        after = state_with_origins(node)
        action = HistoryRecord.Action.ORIGINS
        node_actions.record(node, action, by=by, reason=reason, before=before, after=after)
        return True


def state_with_origins(node: Node) -> dict[str, Plain]:
    """The state of a node as a record of its origins holds it: with their uids and titles."""
    origins = Origin.objects.of(node.uid).standing()
    named = [{"uid": str(each.origin_uid), "title": each.origin_title} for each in origins]
    return {**state_of(node), "origins": named}


def _titles(node: Node, added: Collection[str]) -> dict[str, str]:
    """The titles of nodes that are to be named as origins, by uid."""
    if str(node.uid) in added:
        raise ValidationError(_("A node cannot come from itself."))
    known = known_nodes() if added else {}
    if any(uid not in known for uid in added):
        raise ValidationError(
            _(
                "One of these nodes is neither in the working tree nor in a public edition. Please choose again."
            )
        )
    return {uid: known[uid].title for uid in added}
