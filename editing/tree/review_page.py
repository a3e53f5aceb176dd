"""Saying how far a node is agreed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editing.access import needs, require
from strategy.admin import form_address
from strategy.forms.undo_message import tell_undoable
from strategy.history import node_actions
from strategy.history.batches import in_one_go
from strategy.people import acting_user
from strategy.tree.models import Node, locked_tree
from strategy.tree.review import Review


@require_POST
@needs("strategy.view_node")
def set_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft, up for agreement, or agreed: `stand`.

    Refused where the node is no longer the one that stood on the page: `gesehen` is its mark.
    """
    review = request.POST.get("stand", "")
    require(review in Review)
    with locked_tree():
        node = get_object_or_404(Node, pk=pk)
        try:
            with in_one_go() as batch:
                node_actions.set_review(
                    node, review, by=acting_user(request), seen=request.POST.get("gesehen", "")
                )
        except ValidationError as error:
            _refuse(request, node, error)
        else:
            message = _("“%(node)s”: %(review)s.") % {"node": node.title, "review": Review(review).label}
            tell_undoable(request, message, batch)
    return redirect(form_address(node))


def _refuse(request: HttpRequest, node: Node, error: ValidationError) -> None:
    address = reverse("editing:node_history", args=[node.uid])
    link = format_html('<a href="{}">{}</a>', address, _("What has changed"))
    messages.error(request, format_html("{} {}", " ".join(error.messages), link))
