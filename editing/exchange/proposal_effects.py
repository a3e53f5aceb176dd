"""What accepting a proposal writes, and what it rests on."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition

from editing.models import Proposal
from strategy.document.data import Plain, canonical_json, digest_of
from strategy.history import node_actions
from strategy.tree.content import Content, content_of, differences
from strategy.tree.fields import Field
from strategy.tree.levels import own
from strategy.tree.models import Node

Action = Proposal.Action


@dataclass(frozen=True)
class Taken:
    """What somebody takes of a proposal: which fields with what they say, below what, and the reason that the history
    keeps. What is left out here (None, "") is taken as proposed.

    `seen` is the basis of the proposal as the page showed it (`basis_of`); None asks that it be what it was when the
    proposal was made.
    """

    content: Mapping[str, Plain] | None = None
    parent: Node | None = None
    reason: str = ""
    seen: str | None = None


@dataclass(frozen=True)
class NodeNow:
    """What a node says now, and the uid of what it stands below (None at the top)."""

    content: Content
    parent: str | None

    @classmethod
    def of(cls, node: Node) -> "NodeNow":
        """Read from the node; a few queries."""
        parent = Node.objects.get_parent(node)
        return cls(content_of(own(node)), str(parent.uid) if parent else None)


def conflicts(proposal: Proposal, now: NodeNow) -> list[Field]:
    """The proposed fields that somebody has changed since, to something else than is proposed."""
    since = differences(proposal.kind, now.content, _fields_of_base(proposal))
    return [field for field in differences(proposal.kind, now.content, proposal.content) if field in since]


def is_elsewhere(proposal: Proposal, now: NodeNow) -> bool:
    """Whether the node that is to move has been moved meanwhile."""
    return proposal.action == Action.MOVE and now.parent != proposal.base["parent"]


def basis_of(proposal: Proposal, now: NodeNow) -> str:
    """Stands for what a change, or a move, starts from: what the node says in the proposed fields, and where it is."""
    said = {name: now.content[name] for name in proposal.content if name in now.content}
    place = now.parent if proposal.action == Action.MOVE else None
    return digest_of(canonical_json({"content": said, "parent": place}))


def carry_out(proposal: Proposal, taken: Taken, *, by: User) -> None:
    """Write what is taken of a proposal, under the tree's lock, and what that was into its `outcome`. Both names stand
    in the history. ValidationError, and nothing written, where that is not possible."""
    reason = taken.reason or " ".join(proposal.reason.split())
    who: dict[str, Any] = {"by": by, "reason": reason, "proposed_by": proposal.by}
    try:
        _WRITERS[Action(proposal.action)](proposal, taken, who)
    except (InvalidPosition, InvalidMoveToDescendant) as error:
        raise ValidationError(str(error)) from error


def _change(proposal: Proposal, taken: Taken, who: dict[str, Any]) -> None:
    node, content = _node(proposal), _content(proposal, taken)
    _require_basis(proposal, node, taken)
    if not content:
        raise ValidationError(
            _(
                "Nothing is taken of this proposal. Please decline it instead, and say why; or take something of it."
            )
        )
    node_actions.change(node, content=content, **who)
    if content != proposal.content:
        proposal.outcome = {"content": content}


def _add(proposal: Proposal, taken: Taken, who: dict[str, Any]) -> None:
    content, parent = _content(proposal, taken), _place(proposal, taken)
    uid = uuid.UUID(str(proposal.uid))
    node_actions.add(kind=proposal.kind, content=content, parent=parent, uid=uid, **who)
    placed = _placed(parent)
    if content != proposal.content or placed["parent"] != (str(proposal.parent) if proposal.parent else None):
        proposal.outcome = {"content": content, **placed}


def _delete(proposal: Proposal, taken: Taken, who: dict[str, Any]) -> None:
    node_actions.delete(_node(proposal), seen=taken.seen, **who)


def _move(proposal: Proposal, taken: Taken, who: dict[str, Any]) -> None:
    node, parent = _node(proposal), _place(proposal, taken)
    _require_basis(proposal, node, taken)
    if not node_actions.move(node, target=parent, pos="last-child", **who):
        raise ValidationError(
            _("“%(node)s” stands there already. Please decline the proposal.") % {"node": node.title}
        )
    if str(parent.uid) != str(proposal.parent):
        proposal.outcome = {"content": {}, **_placed(parent)}


_WRITERS = {Action.CHANGE: _change, Action.ADD: _add, Action.DELETE: _delete, Action.MOVE: _move}


def _content(proposal: Proposal, taken: Taken) -> Content:
    """What is taken of the proposed fields; a field that was not proposed is none."""
    chosen = proposal.content if taken.content is None else taken.content
    return {name: chosen[name] for name in proposal.content if name in chosen}


def _placed(parent: Node | None) -> dict[str, Plain]:
    return {"parent": str(parent.uid) if parent else None, "above": parent.title if parent else ""}


def _require_basis(proposal: Proposal, node: Node, taken: Taken) -> None:
    now = NodeNow.of(node)
    if taken.seen is None and (conflicts(proposal, now) or is_elsewhere(proposal, now)):
        raise ValidationError(
            _("“%(node)s” was changed after this was proposed. Please compare both before you decide.")
            % {"node": node.title}
        )
    if taken.seen is not None and taken.seen != basis_of(proposal, now):
        raise ValidationError(
            _(
                "“%(node)s” has been changed since you opened this page, so nothing was written. Please compare again."
            )
            % {"node": node.title}
        )


def _node(proposal: Proposal) -> Node:
    node = proposal.node
    if node is None:
        raise ValidationError(
            _("“%(node)s” has been deleted. Please decline the proposal, or restore the entry first.")
            % {"node": proposal.title}
        )
    return node


def _place(proposal: Proposal, taken: Taken) -> Any:
    """What it is to stand below; None for the top of the tree."""
    place = taken.parent or proposal.place
    if place is None and proposal.parent:
        raise ValidationError(
            _(
                "“%(node)s”, below which it is to stand, has been deleted. Please choose another place, or decline."
            )
            % {"node": proposal.above}
        )
    return place


def _fields_of_base(proposal: Proposal) -> Content:
    """What the node said in the proposed fields; {} for another place, whose base is none of fields."""
    return proposal.base if proposal.content else {}
