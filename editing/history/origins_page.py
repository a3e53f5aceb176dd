"""Where a node came from: the nodes that it was merged from, or split off. The Synopse says so."""

import uuid
from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, require
from strategy.forms.pasted_texts import PastedTextForm
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.history.models import REASON_HELP
from strategy.history.node_lookup import KnownNode, known_nodes, named
from strategy.history.origin_actions import set_origins
from strategy.history.origins import Origin
from strategy.people import acting_user
from strategy.tree.models import Node, locked_tree
from strategy.validators import CleanTextField

AT_ONCE = 60  # nodes that are offered at once; who seeks another one searches for it


class SearchForm(forms.Form):
    """Which nodes are offered."""

    q = forms.CharField(label=_("Code or title"), required=False, max_length=200)

    @property
    def text(self) -> str:
        """What was typed; "" where nothing was, or where it is refused."""
        return self.cleaned_data["q"] if self.is_valid() else ""


class OriginsForm(PastedTextForm, forms.Form):
    """Nodes that this one came from, and why it is said."""

    reason = CleanTextField(
        label=_("reason"), one_line=True, required=False, max_length=1000, help_text=REASON_HELP
    )


@needs("strategy.view_node")
def origins(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The origins of a node, and a search for more. `aus` adds those that were ticked, `weg` takes one back."""
    with locked_tree() if request.method == "POST" else nullcontext():
        node = get_object_or_404(Node, uid=uid)
        require(request.user.has_perm("strategy.change_node", node))
        form = OriginsForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and _written(request, node, form):
            return redirect("editing:origins", uid)
    return render(request, "editing/origins.html", _context(request, node, form))


def _written(request: HttpRequest, node: Node, form: OriginsForm) -> bool:
    ticked, taken_back = request.POST.getlist("aus"), request.POST.get("weg")
    if not ticked and not taken_back:
        form.add_error(None, gettext("Please tick at least one node, or leave the page as it is."))
        return False
    standing = [
        str(each) for each in Origin.objects.of(node.uid).standing().values_list("origin_uid", flat=True)
    ]
    wanted = [each for each in (*standing, *ticked) if each != taken_back]
    try:
        with in_one_go() as batch:
            set_origins(node, origins=wanted, by=acting_user(request), reason=form.cleaned_data["reason"])
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return False
    message = (
        _("Taken back.")
        if taken_back
        else _("Noted. The next edition that is frozen says so in its Synopse.")
    )
    tell_undoable(request, str(message), batch)
    return True


def _context(request: HttpRequest, node: Node, form: OriginsForm) -> dict[str, Any]:
    known = known_nodes()
    standing = list(Origin.objects.of(node.uid).standing().select_related("by"))
    search = SearchForm(request.GET)
    offered = _offered(node, known, search.text, {str(each.origin_uid) for each in standing})
    ticked = [known[uid] for uid in request.POST.getlist("aus") if uid in known]
    return {
        **admin.site.each_context(request),
        "title": _("What “%(node)s” came from") % {"node": node.title},
        "node": node,
        "here": f"{reverse('editing:origins', args=[node.uid])}?{request.GET.urlencode()}".rstrip("?"),
        "form": form,
        "search": search,
        "text": search.text,
        "standing": [(each, known.get(str(each.origin_uid))) for each in standing],
        "offered": [*ticked, *(each for each in offered if each not in ticked)][:AT_ONCE],
        "ticked": ticked,
        "more": max(0, len(offered) - AT_ONCE),
    }


def _offered(node: Node, known: dict[str, KnownNode], text: str, standing: set[str]) -> list[KnownNode]:
    """What was searched for; at first, nodes of its level that public editions have and the working tree lacks."""
    others = [each for uid, each in known.items() if uid != str(node.uid) and uid not in standing]
    if text:
        return named(others, text)
    return [each for each in others if each.edition and each.kind == node.kind]
