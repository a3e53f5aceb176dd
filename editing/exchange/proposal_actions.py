"""What can be done with proposals. Every action is atomic; a refusal is a ValidationError in German, or
PermissionDenied where the acting person may not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editing.exchange.proposal_effects import Taken, carry_out
from editing.exchange.proposal_rights import decidable
from editing.models import Proposal
from strategy.document.data import Plain
from strategy.people import require_permission
from strategy.tree.content import UNDECIDED, completed, content_of, differences, fill
from strategy.tree.kinds import Kind, kinds_below
from strategy.tree.levels import level_of, own
from strategy.tree.models import Node, locked_tree
from strategy.tree.paths import TREE_FIELDS
from strategy.tree.tree_rows import TreeRow, tree_rows, with_room_for

Action, State = Proposal.Action, Proposal.State


def propose(node: Node, *, content: Mapping[str, Plain], by: User, reason: str) -> Proposal:
    """Propose that a node say this. Only what differs from today's content is kept."""
    require_permission(by, "strategy.propose_change")
    stored = content_of(own(node))
    names = [field.name for field in differences(node.kind, stored, content)]
    if not names:
        raise ValidationError(
            _("You have changed nothing. Please change what you would like to be different.")
        )
    return _propose(
        by,
        reason,
        node=node,
        base={name: stored[name] for name in names},
        content={name: content[name] for name in names},
    )


def propose_new(
    *, kind: str, content: Mapping[str, Plain], parent: Node | None, by: User, reason: str
) -> Proposal:
    """Propose a new node of this level below `parent` (None: at the top). Only what it says is kept, no empty field."""
    require_permission(by, "strategy.propose_change")
    if parent is None and Kind(kind) not in kinds_below(None):
        raise ValidationError({"parent": _("Please say below what it is to stand.")})
    if parent is not None and parent.pk not in {row.pk for row in with_room_for(kind, tree_rows())}:
        raise ValidationError({"parent": _no_room(kind, parent)})
    node = level_of(kind).model()
    fill(node, content)
    node.full_clean(exclude=TREE_FIELDS)
    said = {each.name for each in differences(kind, completed(kind, {}), content)} - UNDECIDED
    return _propose(
        by,
        reason,
        action=Action.ADD,
        node=node,
        parent=parent,
        content={name: value for name, value in content.items() if name in said},
    )


def propose_deletion(node: Node, *, by: User, reason: str) -> Proposal:
    """Propose that a node be deleted, with all that stands below it."""
    require_permission(by, "strategy.propose_change")
    return _propose(by, reason, action=Action.DELETE, node=node)


def propose_move(node: Node, *, parent: Node, by: User, reason: str) -> Proposal:
    """Propose that a node stand below another one, at the last place there, with all that stands below it."""
    require_permission(by, "strategy.propose_change")
    now = Node.objects.get_parent(node)
    if now and now.pk == parent.pk:
        raise ValidationError({"parent": _("It stands there already. Please choose another place.")})
    if parent.pk not in {row.pk for row in other_places(node, tree_rows())}:
        raise ValidationError({"parent": _no_room(node.kind, parent)})
    base = {"parent": str(now.uid) if now else None, "above": now.title if now else ""}
    return _propose(by, reason, action=Action.MOVE, node=node, parent=parent, base=base)


def other_places(node: Node, rows: Iterable[TreeRow]) -> list[TreeRow]:
    """What a node could stand below, what it stands below left out."""
    rows = list(rows)
    here = next((row.parent_path for row in rows if row.pk == node.pk), "")
    return [row for row in with_room_for(node.kind, rows) if row.path != here]


def accept(proposal: Proposal, *, by: User, answer: str = "", taken: Taken | None = None) -> Proposal:
    """Do what is proposed, or what is taken of it, at once. Both names stand in the history.

    Where not everything is taken, whoever proposed reads why.
    """
    with locked_tree():
        proposal = _to_decide(proposal.pk, by)
        carry_out(proposal, taken or Taken(), by=by)
        if (
            proposal.outcome
            and len(proposal.outcome["content"]) < len(proposal.content)
            and not answer.strip()
        ):
            raise ValidationError(
                {"answer": _("Please say why not everything is taken: whoever proposed it reads that.")}
            )
        _decide(proposal, State.ACCEPTED, by, answer)
        return proposal


@dataclass(frozen=True)
class AcceptedOutcome:
    """What became of proposals that were to be accepted as they are; of those that stay open why, in a sentence."""

    accepted: list[Proposal] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def accept_several(seen: Mapping[int, str], *, by: User) -> AcceptedOutcome:
    """Accept each of these proposals as it is, where it still rests on the basis that somebody has seen."""
    outcome = AcceptedOutcome()
    with locked_tree():
        for proposal in Proposal.objects.filter(pk__in=seen).order_by("pk"):
            try:
                outcome.accepted.append(accept(proposal, by=by, taken=Taken(seen=seen[proposal.pk])))
            except ValidationError as error:
                outcome.refused.append(f"{proposal.says}: {' '.join(error.messages)}")
    return outcome


@transaction.atomic
def decline(proposal: Proposal, *, by: User, answer: str) -> None:
    """Leave everything as it is, and say why."""
    proposal = _to_decide(proposal.pk, by)
    if not answer.strip():
        raise ValidationError({"answer": _("Please say why the proposal is declined.")})
    _decide(proposal, State.DECLINED, by, answer)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> None:
    """Take back one's own proposal."""
    proposal = _open(proposal.pk)
    if proposal.by_id != by.pk:
        raise PermissionDenied
    _decide(proposal, State.WITHDRAWN, by, "")


def _propose(by: User, reason: str, *, node: Node, parent: Node | None = None, **values: Any) -> Proposal:
    if not reason.strip():
        raise ValidationError({"reason": _("Please say why: those who decide read it.")})
    place = {"parent": parent.uid, "above": parent.title} if parent else {}
    named = {"uid": node.uid, "kind": node.kind, "title": node.title}
    return Proposal.objects.create(
        **{"base": {}, "content": {}, **named, **place, **values}, by=by, reason=reason.strip()
    )


def _no_room(kind: str, parent: Node) -> str:
    names = {"kind": Kind(kind).label, "node": parent.title}
    return _("There is no place for a %(kind)s below “%(node)s”. Please choose another one.") % names


def _to_decide(pk: int, by: User) -> Proposal:
    """The open proposal, where this person may decide on it."""
    proposal = _open(pk)
    if not decidable(by, [proposal], tree_rows()):
        raise PermissionDenied
    return proposal


def _open(pk: int) -> Proposal:
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=pk)
    if proposal.state != State.OPEN:
        raise ValidationError(
            _("This proposal has been decided already: %(state)s.") % {"state": proposal.get_state_display()}
        )
    return proposal


def _decide(proposal: Proposal, state: str, by: User, answer: str) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.answer = answer.strip()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "answer", "outcome"])
