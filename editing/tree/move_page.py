"""Moving nodes: by a step, by dragging, by choosing another parent. For a node that the council has adopted the page
asks for the reason first.
"""

import uuid
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition

from editing.access import needs, pressed, require
from editing.rights import may_move, node_rights
from strategy.editions.adopted import decided_uids
from strategy.editions.cited_codes import cited_rows
from strategy.editions.renumbering import Renumbering, codes_in, codes_moved
from strategy.forms.agreement import tell_if_lost, tell_if_renumbered
from strategy.forms.reason_form import ReasonForm
from strategy.forms.undo_message import tell_undoable
from strategy.history import node_actions
from strategy.history.batches import in_one_go
from strategy.people import acting_user
from strategy.tree.models import Node, locked_tree
from strategy.tree.tree_rows import TreeRow, parents_for, tree_rows

BEFORE, BEHIND, BELOW = "davor", "dahinter", "darunter"
POSITIONS = {BEFORE: "left", BEHIND: "right", BELOW: "last-child"}


@dataclass(frozen=True)
class MoveTarget:
    """Where a node is to go: before, behind or below another one."""

    target: Node
    where: str

    @property
    def parent(self) -> Node | None:
        """Below which node that is; None at the top."""
        if self.where == BELOW:
            return self.target
        parent: Node | None = Node.objects.get_parent(self.target)
        return parent

    def renumbering(self, rows: list[TreeRow], node: TreeRow) -> Renumbering:
        """Which adopted nodes would get another code by this move of a node."""
        target = next(row for row in rows if row.pk == self.target.pk)
        if self.where == BELOW:
            return Renumbering.between(codes_in(rows), codes_moved(rows, node, target.uid, None))
        siblings = [row for row in rows if row.parent_path == target.parent_path and row.pk != node.pk]
        at = siblings.index(target) + (self.where == BEHIND)
        parent = next((row.uid for row in rows if row.path == target.parent_path), None)
        before = siblings[at].uid if at < len(siblings) else None
        return Renumbering.between(codes_in(rows), codes_moved(rows, node, parent, before))

    def says(self, name: str) -> str:
        """The move of the node of this name in a sentence."""
        sentences = {
            BEFORE: _("“%(node)s” goes before “%(target)s”, with everything that stands below it."),
            BEHIND: _("“%(node)s” goes behind “%(target)s”, with everything that stands below it."),
            BELOW: _("“%(node)s” goes below “%(target)s”, with everything that stands below it."),
        }
        return sentences[self.where] % {"node": name, "target": self.target.title}

    @classmethod
    def from_query(cls, request: HttpRequest) -> "MoveTarget | None":
        """The place that the address of the page names; None where it names none, or one that is gone."""
        target = Node.objects.filter(pk=_pk(request.GET.get("ziel", ""))).first()
        where = request.GET.get("stelle", "")
        return cls(target, where) if target and where in POSITIONS else None


@require_POST
@needs("strategy.view_node")
def step(request: HttpRequest) -> HttpResponse:
    """One place up ("hoch") or down ("runter") among the siblings."""
    button = pressed(request, "hoch", "runter")
    direction = "up" if button == "hoch" else "down"
    with locked_tree():
        node = _posted_node(request, button)
        sibling = node_actions.next_to(node, direction)
        if sibling is None:
            return _to_tree(node, request.POST.get("auf"))
        return _moved_or_asked(request, node, MoveTarget(sibling[0], BEFORE if direction == "up" else BEHIND))


@require_POST
@needs("strategy.view_node")
def drag(request: HttpRequest) -> HttpResponse:
    """Before, after or below another node: what dragging in the tree sends."""
    where = request.POST.get("stelle", "")
    with locked_tree():
        node, target = _posted_node(request, "knoten"), _posted_node(request, "ziel")
        return _moved_or_asked(request, node, MoveTarget(target, where if where in POSITIONS else BELOW))


def _moved_or_asked(request: HttpRequest, node: Node, place: MoveTarget) -> HttpResponse:
    """Move the node at once; where that needs a reason, to the page that asks for it."""
    branches = request.POST.get("auf")
    before = codes_in(tree_rows())
    try:
        with in_one_go() as batch:
            moved = node_actions.move(
                node, target=place.target, pos=POSITIONS[place.where], by=acting_user(request)
            )
        if moved:
            _tell(request, node, gettext("“%(node)s” moved.") % {"node": node.title}, before, batch)
    except (InvalidPosition, InvalidMoveToDescendant) as error:
        messages.error(request, str(error))
    except ValidationError:
        query = {"ziel": place.target.pk, "stelle": place.where, **_open(branches)}
        return redirect(f"{reverse('editing:move', args=[node.pk])}?{urlencode(query)}")
    return _to_tree(node, branches)


def _tell(request: HttpRequest, node: Node, message: str, before: dict[str, str], batch: uuid.UUID) -> None:
    tell_undoable(request, message, batch)
    tell_if_lost(request, node)
    tell_if_renumbered(request, before)


def _to_tree(node: Node, branches: str | None) -> HttpResponse:
    query = urlencode({**_open(branches), "zeige": node.pk})
    return redirect(f"{reverse('tree_page')}?{query}#k{node.pk}")


def _open(branches: str | None) -> dict[str, str]:
    """The open branches of the tree page, to be told to another one; {} where it is to open those that it likes."""
    return {} if branches is None else {"auf": branches}


def _pk(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 15 else 0


def _posted_node(request: HttpRequest, name: str) -> Node:
    return get_object_or_404(Node, pk=_pk(request.POST.get(name, "")))


class MoveForm(ReasonForm):
    """Another parent for a node, below which it takes the last place."""

    parent = forms.TypedChoiceField(label=_("new place below"), coerce=int)
    field_order = ("parent", "reason")

    def __init__(self, node: Node, rows: list[TreeRow], user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [row for row in parents_for(node.kind, rows) if may_move(user, node, row)]
        self.fields["parent"].choices = [(row.pk, row.name) for row in offered]  # type: ignore[attr-defined]


@needs("strategy.view_node")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a node to the place that the address names (`ziel`, `stelle`), or below a parent chosen from a list."""
    with locked_tree() if request.method == "POST" else nullcontext():
        return _move(request, pk)


def _move(request: HttpRequest, pk: int) -> HttpResponse:
    node = get_object_or_404(Node, pk=pk)
    place = MoveTarget.from_query(request)
    require(may_move(request.user, node, place.parent) if place else _may_leave(acting_user(request), node))
    rows = cited_rows()
    here = next(row for row in rows if row.pk == node.pk)
    is_decided = here.uid in decided_uids()
    form: ReasonForm
    if place:
        form = ReasonForm(request.POST or None, is_decided=is_decided)
    else:
        above = next((row.pk for row in rows if row.path == here.parent_path), None)
        initial = {"parent": above}
        form = MoveForm(
            node, rows, acting_user(request), request.POST or None, initial=initial, is_decided=is_decided
        )
    if request.method == "POST" and form.is_valid() and _moved(request, node, form, place, codes_in(rows)):
        return _to_tree(node, request.GET.get("auf"))
    context = {
        **admin.site.each_context(request),
        "title": _("Move “%(node)s”") % {"node": here.name},
        "form": form,
        "row": here,
        "place": place.says(here.name) if place else "",
        "is_decided": is_decided,
        "renumbering": place.renumbering(rows, here) if place else "",
    }
    return render(request, "editing/move.html", context)


def _may_leave(user: User, node: Node) -> bool:
    return node_rights(user).cover_place(node.path)


def _moved(
    request: HttpRequest, node: Node, form: ReasonForm, place: MoveTarget | None, before: dict[str, str]
) -> bool:
    cleaned = form.cleaned_data
    to = place or MoveTarget(get_object_or_404(Node, pk=cleaned["parent"]), BELOW)
    try:
        with in_one_go() as batch:
            node_actions.move(
                node,
                target=to.target,
                pos=POSITIONS[to.where],
                by=acting_user(request),
                reason=cleaned["reason"],
            )
    except (InvalidPosition, InvalidMoveToDescendant) as error:
        form.add_error("parent" if "parent" in form.fields else None, str(error))
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    words = gettext("“%(node)s” moved.") if place else gettext("“%(node)s” now stands below “%(parent)s”.")
    _tell(request, node, words % {"node": node.title, "parent": to.target.title}, before, batch)
    return True
