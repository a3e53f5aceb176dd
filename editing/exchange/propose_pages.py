"""The pages on which something is proposed: a change, in the form that saves it for others; a new node; the deletion
of one; another place for it."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs
from editing.exchange import proposal_actions
from editing.models import Proposal
from strategy.document.data import Plain
from strategy.editions.cited_codes import cited_rows
from strategy.forms.level_form import LevelForm, typed_texts
from strategy.forms.level_widgets import SCRIPT, formfield
from strategy.forms.once import once, tell_made
from strategy.forms.reason_form import ReasonForm
from strategy.history.models import HistoryRecord
from strategy.people import acting_user
from strategy.tree.content import UNDECIDED, fields_of
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of, own
from strategy.tree.models import Node
from strategy.tree.tree_rows import TreeRow

Make = Callable[[], Proposal]
SAYS_WHY = ("reason", "opened_version")


@needs("strategy.propose_change")
@once
def propose(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form of a node, for somebody who may not save it: sending it makes a proposal."""
    node = _node(uid)
    if node is None:
        return _gone(request, uid)
    form = form_class(request, node.kind)(request.POST or None, instance=node)

    def make() -> Proposal:
        reason = form.cleaned_data["reason"]
        return proposal_actions.propose(node, content=form.mine, by=acting_user(request), reason=reason)

    return _made(request, form, make) or _level_form(
        request, form, node, _("Propose a change: “%(node)s”") % {"node": _row(node).name}
    )


@needs("strategy.propose_change")
@once
def propose_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty form of a level, for somebody who may not add to it. `unter` is the pk of what it is to stand below."""
    if kind not in Kind:
        raise Http404
    form = form_class(request, kind)(request.POST or None, initial={"parent": request.GET.get("unter", "")})

    def make() -> Proposal:
        parent = form.cleaned_data.get("parent")
        return proposal_actions.propose_new(
            kind=kind,
            content=form.mine,
            parent=Node.objects.get(pk=parent) if parent else None,
            by=acting_user(request),
            reason=form.cleaned_data["reason"],
        )

    return _made(request, form, make) or _level_form(
        request, form, None, _("Propose: new %(kind)s") % {"kind": capfirst(str(Kind(kind).label))}
    )


@needs("strategy.propose_change")
@once
def propose_deletion(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What would go along, and why it should."""
    node = _node(uid)
    if node is None:
        return _gone(request, uid)
    form = ReasonForm(request.POST or None, is_decided=False)

    def make() -> Proposal:
        reason = form.cleaned_data["reason"]
        return proposal_actions.propose_deletion(node, by=acting_user(request), reason=reason)

    context = {"goes_along": goes_along(request, node)}
    title = _("Propose the deletion of “%(node)s”") % {"node": _row(node).name}
    return _made(request, form, make) or _page(
        request, "editing/propose_deletion.html", form, node, title, **context
    )


@needs("strategy.propose_change")
@once
def propose_move(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Another place for a node, below which it would take the last place."""
    node = _node(uid)
    if node is None:
        return _gone(request, uid)
    form = PlaceForm(request.POST or None, places=proposal_actions.other_places(node, cited_rows()))

    def make() -> Proposal:
        parent = Node.objects.get(pk=form.cleaned_data["parent"])
        reason = form.cleaned_data["reason"]
        return proposal_actions.propose_move(node, parent=parent, by=acting_user(request), reason=reason)

    title = _("Propose another place for “%(node)s”") % {"node": _row(node).name}
    return _made(request, form, make) or _page(
        request, "editing/propose_move.html", form, node, title, row=_row(node)
    )


class PlaceForm(ReasonForm):
    """What a node is to stand below, and why."""

    parent = forms.TypedChoiceField(label=_("new place below"), coerce=int)
    field_order = ("parent", "reason")

    def __init__(self, *args: Any, places: list[TreeRow], **kwargs: Any) -> None:
        super().__init__(*args, is_decided=False, **kwargs)
        self.fields["parent"].choices = [("", "---------"), *((row.pk, row.name) for row in places)]  # type: ignore[attr-defined]
        self.fields["parent"].error_messages["invalid_choice"] = gettext(
            "There is no place for it, or that has been deleted meanwhile. Please choose another one."
        )


def form_class(request: HttpRequest, kind: str) -> Any:
    """The form of a level as a proposal fills it in: without its address, nobody decides on that."""
    names = [field.name for field in fields_of(kind) if field.name not in UNDECIDED]
    model = level_of(kind).model
    form: Any = modelform_factory(model, form=LevelForm, fields=names, formfield_callback=formfield)
    form.user = acting_user(request)
    form.is_proposal = True
    return form


def goes_along(request: HttpRequest, node: Node) -> Plain:
    """What is deleted with a node, nested, as the page of its deletion has it."""
    return admin.site._registry[type(own(node))].get_deleted_objects([node], request)[0]


def _node(uid: uuid.UUID) -> Node | None:
    stored = Node.objects.filter(uid=uid).first()
    return own(stored) if stored else None


def _row(node: Node) -> TreeRow:
    return next(row for row in cited_rows() if row.pk == node.pk)


def _made(request: HttpRequest, form: Any, make: Make) -> HttpResponse | None:
    """Where the form was sent and is right, the proposal is made, and its page said."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = make()
    except ValidationError as error:
        form.add_error(None, error)
        return None
    except Node.DoesNotExist:
        form.add_error("parent", gettext("That has been deleted meanwhile. Please choose another place."))
        return None
    messages.success(request, gettext("Thank you. Those who decide have your proposal."))
    tell_made(
        request,
        gettext("Proposal: %(says)s") % {"says": made.says},
        reverse("editing:proposal", args=[made.pk]),
    )
    return redirect("editing:proposal", made.pk)


def _level_form(request: HttpRequest, form: Any, node: Node | None, title: str) -> HttpResponse:
    groups = list(_groups(request, form, node))
    shown = AdminForm(form, groups, {})
    return _page(request, "editing/propose.html", form, node, title, groups=shown, script=SCRIPT)


def _groups(request: HttpRequest, form: Any, node: Node | None) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The groups of the form that saves it, as far as a proposal has their fields; why it is proposed comes last."""
    model_admin = admin.site._registry[form._meta.model]
    for heading, options in model_admin.get_fieldsets(request, node):
        lines = [_proposed(line, form) for line in options["fields"]]
        if kept := [line for line in lines if line]:
            yield heading, {**options, "fields": kept, "description": ""}
    yield _("Why"), {"fields": [name for name in SAYS_WHY if name in form.fields]}


def _proposed(line: Any, form: Any) -> Any:
    """A line of a group, a field or several, without what is not proposed."""
    names = [line] if isinstance(line, str) else list(line)
    kept = [name for name in names if name in form.fields and name not in SAYS_WHY]
    return kept[0] if len(kept) == 1 else tuple(kept)


def _page(
    request: HttpRequest, template: str, form: Any, node: Node | None, title: str, **more: Any
) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "form": form, "node": node, **more}
    return render(request, template, context)


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
