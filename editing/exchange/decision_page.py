"""The page of a proposal: what is proposed, what there is now, and deciding on it field by field."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from editing.access import needs, pressed, require
from editing.exchange import proposal_actions
from editing.exchange.decision_forms import DecisionForm
from editing.exchange.proposal_effects import NodeNow, basis_of, is_elsewhere
from editing.exchange.proposal_outcome import outcomes, summary
from editing.exchange.proposal_rights import decidable
from editing.exchange.propose_pages import goes_along
from editing.models import Proposal
from editing.rights import may_move, node_rights
from strategy.editions.adopted import decided_uids
from strategy.editions.cited_codes import cited_rows
from strategy.editions.renumbering import Renumbering, codes_in, codes_moved
from strategy.forms.agreement import tell_if_lost, tell_if_renumbered
from strategy.forms.level_widgets import SCRIPT
from strategy.forms.undo_message import tell_undoable
from strategy.history import node_actions
from strategy.history.batches import in_one_go
from strategy.people import acting_user
from strategy.tree.models import Node, locked_tree
from strategy.tree.tree_rows import TreeRow, with_room_for

Action, State = Proposal.Action, Proposal.State
IS_PLACED = {Action.ADD, Action.MOVE}


@needs("editing.view_proposal")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed; accepting, declining, withdrawing. What was decided stays readable."""
    with locked_tree() if request.method == "POST" else nullcontext():
        return _proposal(request, pk)


def _proposal(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Proposal.objects.select_related("by", "decided_by"), pk=pk)
    button, rows = pressed(request, "accept", "decline", "withdraw"), cited_rows()
    user, node, is_open = acting_user(request), shown.node, shown.state == State.OPEN
    now = NodeNow.of(node) if node and is_open else None
    may_decide = bool(decidable(user, [shown], rows))
    require(may_decide or button in ("", "withdraw"))
    places = _places(request, shown, node, rows) if shown.action in IS_PLACED and is_open else None
    data = request.POST or None
    form = DecisionForm(shown, node, now, places, data, by=user, is_accepted=button == "accept")
    if button and form.is_valid() and _decided(request, shown, form, button, codes_in(rows)):
        return redirect("editing:proposal", pk)
    context = {
        **admin.site.each_context(request),
        "title": gettext("Proposal: %(says)s") % {"says": shown.says},
        "proposal": shown,
        "node": node,
        "form": form,
        "script": SCRIPT,
        "outcomes": outcomes(shown),
        "summary": summary(shown),
        "seen": _seen(shown, node, now),
        "is_decided_by_council": str(shown.uid) in decided_uids(),
        "place_is_gone": is_open and shown.parent and shown.place is None,
        "moved_meanwhile": now and is_elsewhere(shown, now),
        "renumbering": _renumbering(shown, rows) if now else "",
        "goes_along": goes_along(request, node)
        if node and is_open and shown.action == Action.DELETE
        else None,
        "may_decide": is_open and may_decide,
        "is_acceptable": shown.action == Action.ADD or node is not None,
        "may_withdraw": is_open and shown.by_id == user.pk,
        "next": None if is_open else _next(user, rows),
    }
    return render(request, "editing/proposal.html", context)


@require_POST
@needs("editing.view_proposal")
def accept_several(request: HttpRequest) -> HttpResponse:
    """Accept what was ticked on “Was bei mir liegt”, as it is; each `vorschlag` is "<pk>:<basis>"."""
    sent = (each.partition(":") for each in request.POST.getlist("vorschlag"))
    seen = {int(pk): basis for pk, _colon, basis in sent if pk.isascii() and pk.isdigit() and len(pk) < 15}
    with in_one_go() as batch:
        outcome = proposal_actions.accept_several(seen, by=acting_user(request))
    if n := len(outcome.accepted):
        says = ngettext("%(n)s proposal is accepted.", "%(n)s proposals are accepted.", n) % {"n": n}
        tell_undoable(request, f"{says} {'; '.join(each.says for each in outcome.accepted)}.", batch)
    for refused in outcome.refused:
        messages.warning(request, gettext("Not accepted. %(why)s") % {"why": refused})
    if not seen:
        messages.error(request, gettext("Please tick at least one proposal."))
    return redirect("editing:desk")


def _next(user: User, rows: list[TreeRow]) -> Proposal | None:
    """The open proposal that has waited longest for this person."""
    waiting = decidable(user, Proposal.objects.open().order_by("pk"), rows)
    return waiting[0] if waiting else None


def _places(
    request: HttpRequest, shown: Proposal, node: Node | None, rows: list[TreeRow]
) -> Iterable[TreeRow] | None:
    """What the node could stand below where this person decides; None where it can only stand at the top."""
    if shown.action == Action.ADD:
        rights = node_rights(acting_user(request))
        return (
            [row for row in with_room_for(shown.kind, rows) if rights.cover(row.path)]
            if shown.parent
            else None
        )
    if node is None:
        return None
    return [row for row in proposal_actions.other_places(node, rows) if may_move(request.user, node, row)]


def _seen(shown: Proposal, node: Node | None, now: NodeNow | None) -> str:
    """What a decision rests on, to be sent with it."""
    if node is None or now is None:
        return ""
    return node_actions.deletion_mark(node) if shown.action == Action.DELETE else basis_of(shown, now)


def _renumbering(shown: Proposal, rows: list[TreeRow]) -> Renumbering | str:
    """Which adopted nodes would get another code by a proposed move."""
    row = next((row for row in rows if row.uid == str(shown.uid)), None)
    if shown.action != Action.MOVE or row is None or shown.place is None:
        return ""
    return Renumbering.between(codes_in(rows), codes_moved(rows, row, str(shown.parent), None))


def _decided(
    request: HttpRequest, shown: Proposal, form: DecisionForm, button: str, codes: Mapping[str, str]
) -> bool:
    user, answer = acting_user(request), form.cleaned_data.get("answer", "")
    try:
        if button == "accept":
            sent = request.POST.get("seen", "")
            taken = form.taken(sent if shown.action == Action.DELETE else sent or None)
            with in_one_go() as batch:
                proposal_actions.accept(shown, by=user, answer=answer, taken=taken)
            tell_undoable(request, gettext("Accepted, and written into the working tree."), batch)
            _tell(request, form.node, codes)
        elif button == "decline":
            proposal_actions.decline(shown, by=user, answer=answer)
            messages.success(request, gettext("Declined."))
        else:
            proposal_actions.withdraw(shown, by=user)
            messages.success(request, gettext("Withdrawn."))
    except ValidationError as error:
        form.add_refusal(error)
        return False
    return True


def _tell(request: HttpRequest, node: Node | None, codes: Mapping[str, str]) -> None:
    if node:
        tell_if_lost(request, node)
    tell_if_renumbered(request, codes)
