"""The tree page: the whole working tree, and moving nodes in it."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition

from editing.access import needs, require
from editing.models import Proposal
from editing.remarks import open_counts
from editing.rights import may_move, node_rights
from editing.tree_html import TreeHtml
from editing.tree_view import FilterForm, OpenBranches
from strategy import node_actions
from strategy.history import REASON_HELP
from strategy.models import Node
from strategy.tree import locked_tree
from strategy.tree_rows import TreeRow, parents_for, tree_rows
from strategy.validators import CleanTextField


@require_safe
@needs("strategy.view_node")
def tree_page(request: HttpRequest) -> HttpResponse:
    """The start page of the administration. A fixed number of queries, whatever the size of the tree."""
    rows = tree_rows()
    proposals = Proposal.objects.open().counts()
    branches = OpenBranches.from_query(request.GET.dict(), rows)
    html = TreeHtml(
        rows,
        branches,
        node_rights(request.user),
        request.user.has_perm("strategy.add_node"),
        proposals,
        open_counts(),
    )
    form = FilterForm(request.GET)
    found = form.matches(rows, proposals) if form.is_set else None
    context = {
        **admin.site.each_context(request),
        "title": _("The strategy: working tree"),
        "form": form,
        "found": found,
        "branches": str(branches),
        "tree": html.tree() if found is None else html.flat(found),
        "themes": [row for row in rows if row.kind == "theme"],
        "tools": _tools(request.user),
    }
    return render(request, "editing/tree.html", context)


def _tools(user: Any) -> list[tuple[str, str]]:
    """The pages that change many measures at once, for those who may: what they are called, and their addresses."""
    rights = node_rights(user)
    tools = [(gettext("Tables"), reverse("editing:tables"))]
    if rights.everywhere or rights.themes:
        tools.append((gettext("Change many measures"), reverse("editing:change_measures")))
    if rights.everywhere:
        tools.append((gettext("Reorganise departments"), reverse("editing:replace_department")))
    return tools


@require_POST
@needs("strategy.view_node")
def step(request: HttpRequest) -> HttpResponse:
    """One place up ("hoch") or down ("runter") among the siblings."""
    direction = "up" if "hoch" in request.POST else "down"
    with locked_tree():  # what the rights hold on stays where it is until it is moved
        node = _posted_node(request, "hoch" if direction == "up" else "runter")
        require(node_rights(request.user).cover_place(node.path))
        if node_actions.step(node, direction, by=request.user):
            messages.success(request, gettext("“%(node)s” moved.") % {"node": node.title})
    return redirect(f"{reverse('admin:index')}?auf={request.POST.get('auf', '')}&zeige={node.pk}#k{node.pk}")


@require_POST
@needs("strategy.view_node")
def drag(request: HttpRequest) -> HttpResponse:
    """Before, after or below another node: what dragging in the tree sends."""
    pos = {"davor": "left", "dahinter": "right"}.get(request.POST.get("stelle", ""), "last-child")
    with locked_tree():
        node, target = _posted_node(request, "knoten"), _posted_node(request, "ziel")
        parent = target if pos == "last-child" else Node.objects.get_parent(target)
        require(may_move(request.user, node, parent))
        try:
            if node_actions.move(node, target=target, pos=pos, by=request.user):
                messages.success(request, gettext("“%(node)s” moved.") % {"node": node.title})
        except (InvalidPosition, InvalidMoveToDescendant) as error:
            messages.error(request, str(error))
    return redirect(f"{reverse('admin:index')}?auf={request.POST.get('auf', '')}&zeige={node.pk}#k{node.pk}")


def _posted_node(request: HttpRequest, name: str) -> Node:
    value = request.POST.get(name, "")
    return get_object_or_404(Node, pk=value if value.isdecimal() and len(value) < 15 else 0)


class MoveForm(forms.Form):
    """Another place for a node: below which parent, and after which of its children."""

    parent = forms.TypedChoiceField(label=_("new place below"), coerce=int)
    reason = CleanTextField(
        label=_("reason"),
        one_line=True,
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"list": "decided-changes"}),
        help_text=REASON_HELP,
    )

    def __init__(self, node: Node, rows: list[TreeRow], user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [row for row in parents_for(node.kind, rows) if may_move(user, node, row)]
        self.fields["parent"].choices = [(row.pk, row.name) for row in offered]  # type: ignore[attr-defined]


@needs("strategy.view_node")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a node another parent, by choosing it from a list."""
    with locked_tree() if request.method == "POST" else nullcontext():
        return _move(request, pk)


def _move(request: HttpRequest, pk: int) -> HttpResponse:
    node = get_object_or_404(Node, pk=pk)
    require(node_rights(request.user).cover_place(node.path))
    rows = tree_rows()
    here = next(row for row in rows if row.pk == node.pk)
    above = next((row.pk for row in rows if row.path == here.parent_path), None)
    form = MoveForm(node, rows, request.user, request.POST or None, initial={"parent": above})
    if request.method == "POST" and form.is_valid() and _moved(request, node, form):
        return redirect(f"{reverse('admin:index')}?zeige={node.pk}#k{node.pk}")
    context = {
        **admin.site.each_context(request),
        "title": _("Move “%(node)s”") % {"node": here.name},
        "form": form,
        "row": here,
    }
    return render(request, "editing/move.html", context)


def _moved(request: HttpRequest, node: Node, form: MoveForm) -> bool:
    target = get_object_or_404(Node, pk=form.cleaned_data["parent"])
    try:
        node_actions.move(
            node, target=target, pos="last-child", by=request.user, reason=form.cleaned_data["reason"]
        )
    except (InvalidPosition, InvalidMoveToDescendant) as error:
        form.add_error("parent", str(error))
        return False
    messages.success(
        request,
        gettext("“%(node)s” now stands below “%(parent)s”.") % {"node": node.title, "parent": target.title},
    )
    return True
