"""Copying a measure, by the button above its form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from editing.access import needs
from measures.copying import copy_measure
from strategy.forms.once import once, tell_made
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.people import acting_user
from strategy.tree.models import Node


@require_POST
@needs("strategy.view_node")
@once
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the copy once, and opens its form."""
    try:
        with in_one_go() as batch:
            made = copy_measure(Node(pk=pk), by=acting_user(request))
    except Node.DoesNotExist as error:
        messages.error(request, str(error))
        return redirect("tree_page")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("admin:measures_measure_change", pk)
    address = reverse("admin:measures_measure_change", args=[made.pk])
    tell_made(request, made.title, address)
    message = gettext(
        "This is the copy, a draft. Please give it a title of its own, and change what differs."
    )
    tell_undoable(request, message, batch)
    return redirect(address)
