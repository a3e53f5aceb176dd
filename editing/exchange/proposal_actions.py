"""What can be done with proposals. Every action is atomic; a refusal is a ValidationError in German, or
PermissionDenied where the acting person may not."""

import uuid
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editing.exchange.proposal_rights import decidable
from editing.models import Proposal
from strategy.document.data import Plain
from strategy.history import node_actions
from strategy.people import require_permission
from strategy.tree.content import content_of, differences
from strategy.tree.fields import Field
from strategy.tree.levels import own
from strategy.tree.models import Node, locked_tree
from strategy.tree.tree_rows import tree_rows

State = Proposal.State


def propose(node: Node, *, content: Mapping[str, Plain], by: User, reason: str) -> Proposal:
    """Propose that a node say this. Only what differs from today's content is kept."""
    require_permission(by, "strategy.propose_change")
    stored = content_of(own(node))
    names = [field.name for field in differences(node.kind, stored, content)]
    if not names:
        raise ValidationError(
            _("You have changed nothing. Please change what you would like to be different.")
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Please say why: those who decide read it.")})
    return Proposal.objects.create(
        uid=node.uid,
        kind=node.kind,
        title=node.title,
        base={name: stored[name] for name in names},
        content={name: content[name] for name in names},
        by=by,
        reason=reason.strip(),
    )


def conflicts(proposal: Proposal, node: Node) -> list[Field]:
    """The proposed fields that somebody has changed since, to something else than is proposed."""
    stored = content_of(own(node))
    since = differences(node.kind, stored, proposal.base)
    return [field for field in differences(node.kind, stored, proposal.content) if field in since]


def accept(proposal: Proposal, *, by: User, answer: str = "", despite_conflict: bool = False) -> None:
    """Apply a proposal at once. Both names stand in the history."""
    with locked_tree():
        proposal = _to_decide(proposal.pk, by)
        node = _node(proposal)
        if conflicts(proposal, node) and not despite_conflict:
            raise ValidationError(
                _(
                    "“%(node)s” was changed after this was proposed. Please compare both, and confirm that the "
                    "proposal is to replace what is there now."
                )
                % {"node": node.title}
            )
        node_actions.change(
            node, content=proposal.content, by=by, reason=_one_line(proposal.reason), proposed_by=proposal.by
        )
        _decide(proposal, State.ACCEPTED, by, answer)


@transaction.atomic
def decline(proposal: Proposal, *, by: User, answer: str) -> None:
    """Leave the node as it is, and say why."""
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


def _node(proposal: Proposal) -> Node:
    node = Node.objects.filter(uid=uuid.UUID(str(proposal.uid))).first()
    if node is None:
        raise ValidationError(
            _("“%(node)s” has been deleted. Please decline the proposal, or restore the node first.")
            % {"node": proposal.title}
        )
    return node


def _decide(proposal: Proposal, state: str, by: User, answer: str) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.answer = answer.strip()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def _one_line(text: str) -> str:
    return " ".join(text.split())
