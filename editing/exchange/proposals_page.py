"""The pages of proposals: make one, see all, decide."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs, pressed
from editing.exchange import proposal_actions
from editing.exchange.proposal_rights import decidable
from editing.models import Proposal
from strategy.editions.cited_codes import cited_rows
from strategy.forms.agreement import tell_if_lost
from strategy.forms.level_form import LevelForm, typed_texts
from strategy.forms.level_widgets import SCRIPT, formfield
from strategy.forms.once import once, tell_made
from strategy.forms.pasted_texts import PastedTextForm
from strategy.history.models import HistoryRecord
from strategy.people import acting_user
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.tree.content import UNDECIDED, content_of, fields_of
from strategy.tree.levels import own
from strategy.tree.models import Node
from strategy.validators import CleanTextField

State = Proposal.State


@require_safe
@needs("editing.view_proposal")
def proposals(request: HttpRequest) -> HttpResponse:
    """The open ones, or all; of one node where `knoten` names it."""
    listed = Proposal.objects.select_related("by", "decided_by")
    shows_all = request.GET.get("alle") == "1"
    node = _named_node(request.GET.get("knoten", ""))
    if node:
        listed = listed.filter(uid=node.uid)
    decided = listed.decided().count()
    if not shows_all:
        listed = listed.open()
    context = {
        **admin.site.each_context(request),
        "title": _("Proposals for “%(node)s”") % {"node": node.title} if node else _("Proposals"),
        "node": node,
        "proposals": listed[:200],
        "decided": decided,
        "shows_all": shows_all,
    }
    return render(request, "editing/proposals.html", context)


def _named_node(text: str) -> Node | None:
    try:
        return Node.objects.filter(uid=uuid.UUID(text)).first() if text else None
    except ValueError:
        return None


@needs("strategy.propose_change")
@once
def propose(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form of a node, for somebody who may not save it: sending it makes a proposal."""
    stored = Node.objects.filter(uid=uid).first()
    if stored is None:
        return _gone(request, uid)
    node = own(stored)
    form = _form_class(request, node)(request.POST or None, instance=node)
    if request.method == "POST" and form.is_valid():
        try:
            made = proposal_actions.propose(
                node, content=form.mine, by=acting_user(request), reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, gettext("Thank you. Those who decide have your proposal."))
            title = gettext("Proposal for “%(node)s”") % {"node": made.title}
            tell_made(request, title, reverse("editing:proposal", args=[made.pk]))
            return redirect("editing:proposals")
    row = next(row for row in cited_rows() if row.pk == node.pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Propose a change: “%(node)s”") % {"node": row.name},
        "form": form,
        "node": node,
        "script": SCRIPT,
    }
    return render(request, "editing/propose.html", context)


def _gone(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What was typed for a node that has been deleted meanwhile. Not found where there never was one."""
    record = HistoryRecord.objects.of(uid).first()
    if request.method != "POST" or record is None:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": _("This node has been deleted meanwhile"),
        "typed": typed_texts(record.kind, request.POST),
    }
    return render(request, "admin/level/deleted.html", context, status=409)


def _form_class(request: HttpRequest, node: Node) -> Any:
    names = [field.name for field in fields_of(node.kind) if field.name not in UNDECIDED]
    form: Any = modelform_factory(type(node), form=LevelForm, fields=names, formfield_callback=formfield)
    form.user = acting_user(request)
    form.is_proposal = True
    return form


class DecisionForm(PastedTextForm, forms.Form):
    """What is answered to a proposal."""

    answer = CleanTextField(
        label=_("answer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to decline. Whoever proposed reads it."),
    )
    despite_conflict = forms.BooleanField(
        label=_("I have compared both: the proposal is to replace what is there now"), required=False
    )


@needs("editing.view_proposal")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Old and new side by side; accepting, declining, withdrawing."""
    shown = get_object_or_404(Proposal.objects.select_related("by", "decided_by"), pk=pk)
    node = shown.node
    may_decide = bool(decidable(acting_user(request), [shown], cited_rows()))
    form = DecisionForm(request.POST or None)
    button = pressed(request, "accept", "decline", "withdraw")
    if button and form.is_valid() and _decided(request, shown, node, form, button):
        return redirect("editing:proposal", pk)
    conflicting = proposal_actions.conflicts(shown, node) if node and shown.state == State.OPEN else []
    if not conflicting:
        del form.fields["despite_conflict"]
    context = {
        **admin.site.each_context(request),
        "title": _("Proposal for “%(node)s”") % {"node": shown.title},
        "proposal": shown,
        "node": node,
        "form": form,
        "changes": _views(shown),
        "conflicts": field_views(conflicting, shown.base, content_of(own(node))) if node else [],
        "may_decide": may_decide and shown.state == State.OPEN,
        "may_withdraw": shown.by_id == request.user.pk and shown.state == State.OPEN,
    }
    return render(request, "editing/proposal.html", context)


def _views(shown: Proposal) -> list[FieldView]:
    fields = [field for field in fields_of(shown.kind) if field.name in shown.content]
    return field_views(fields, shown.base, shown.content)


def _decided(
    request: HttpRequest, shown: Proposal, node: Node | None, form: DecisionForm, button: str
) -> bool:
    answer = form.cleaned_data["answer"]
    try:
        if button == "accept":
            despite = form.cleaned_data["despite_conflict"]
            proposal_actions.accept(shown, by=acting_user(request), answer=answer, despite_conflict=despite)
            messages.success(request, gettext("Accepted, and written into the working tree."))
            if node:
                tell_if_lost(request, node)
        elif button == "decline":
            proposal_actions.decline(shown, by=acting_user(request), answer=answer)
            messages.success(request, gettext("Declined."))
        else:
            proposal_actions.withdraw(shown, by=acting_user(request))
            messages.success(request, gettext("Withdrawn."))
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return False
    return True
