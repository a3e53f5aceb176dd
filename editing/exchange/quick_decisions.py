"""Proposals that are small enough to be decided in a list: what they change stands beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from editing.exchange.proposal_effects import NodeNow, basis_of, conflicts
from editing.models import Proposal
from strategy.editions import working_tree
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.tree.content import content_of

SMALL_FIELDS, SMALL_TEXT = (
    3,
    1000,
)  # what can be taken in at a glance: fields, and characters of both versions
AT_ONCE = 20  # how many are shown with what they change


@dataclass(frozen=True)
class WaitingProposal:
    """A proposal that waits for a decision. One that can be accepted as it is, without its page, has its differences
    and its `basis`."""

    proposal: Proposal
    basis: str = ""
    views: tuple[FieldView, ...] = ()

    @property
    def is_quick(self) -> bool:
        """Whether it can be accepted in the list."""
        return bool(self.basis)


def waiting_proposals(proposals: Iterable[Proposal]) -> list[WaitingProposal]:
    """These proposals, in their order: small changes with what they change. A fixed number of queries for each level.

    What deletes, moves or adds something is decided on its page: it shows what else comes of that.
    """
    listed = list(proposals)
    small = [each for each in listed if _may_be_small(each)][:AT_ONCE]
    now = _now([str(each.uid) for each in small])
    waiting = {each.pk: _waiting(each, now[str(each.uid)]) for each in small if str(each.uid) in now}
    return [waiting.get(each.pk) or WaitingProposal(each) for each in listed]


def _may_be_small(proposal: Proposal) -> bool:
    return proposal.action == Proposal.Action.CHANGE and len(proposal.content) <= SMALL_FIELDS


def _now(uids: list[str]) -> Mapping[str, NodeNow]:
    """What these nodes say now, those that still stand."""
    rows = [row for _node, _level, row in working_tree.tree(uids)] if uids else []
    return {str(row.uid): NodeNow(content_of(row), None) for row in rows}


def _waiting(proposal: Proposal, now: NodeNow) -> WaitingProposal:
    """Without a basis where it is too long for a list, or somebody has changed the same meanwhile."""
    views = tuple(field_views(proposal.fields, now.content, proposal.content))
    if sum(len(view.words) for view in views) > SMALL_TEXT or conflicts(proposal, now):
        return WaitingProposal(proposal)
    return WaitingProposal(proposal, basis_of(proposal, now), views)
