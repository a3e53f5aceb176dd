"""Bringing back what the history holds: asked first, with all that would be written."""

from contextlib import nullcontext

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from treebeard.exceptions import InvalidPosition

from editing.access import needs, require
from strategy.editions.renumbering import codes_in
from strategy.forms.agreement import tell_if_lost, tell_if_renumbered
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.history.models import REASON_HELP, HistoryRecord
from strategy.history.restore_preview import Restoration, restoration_of
from strategy.history.restoring import may_restore, restore
from strategy.people import acting_user
from strategy.tree.models import Node, locked_tree
from strategy.tree.tree_rows import tree_rows
from strategy.validators import LineField


@needs("strategy.view_historyrecord")
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Restore the state of before a record: asked first, done by POST, and only as it was shown."""
    with locked_tree() if request.method == "POST" else nullcontext():
        return _bring_back(request, pk)


def _bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(HistoryRecord.objects.select_related("by"), pk=pk)
    require(may_restore(request.user, record))
    restoration, error = None, ""
    try:
        restoration = restoration_of(record)
        if request.method == "POST":
            _restore(request, record, restoration)
            return redirect("editing:node_history", record.uid)
    except (ValidationError, InvalidPosition) as refused:
        error = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
    context = {
        **admin.site.each_context(request),
        "title": _("Restore “%(node)s”") % {"node": record.title},
        "record": record,
        "restoration": restoration,
        "reason": request.POST.get("reason", ""),
        "reason_help": REASON_HELP,
        "error": error,
    }
    return render(request, "editing/restore.html", context)


def _restore(request: HttpRequest, record: HistoryRecord, restoration: Restoration) -> None:
    """ValidationError where the page showed something else, or the reason is missing or cannot be kept."""
    if request.POST.get("seen", "") != restoration.digest:
        raise ValidationError(
            gettext("Something has changed meanwhile. Nothing was written; please look through it again.")
        )
    reason = LineField(max_length=1000, blank=True).clean(request.POST.get("reason", ""), None) or ""
    node = Node.objects.filter(uid=record.uid).first()
    before = codes_in(tree_rows())
    with in_one_go() as batch:
        count = restore(record, by=acting_user(request), reason=reason)
    message = ngettext("%(n)s node restored.", "%(n)s nodes restored.", count) % {"n": count}
    tell_undoable(request, message if count else gettext("It is so already: nothing was changed."), batch)
    if node:
        tell_if_lost(request, node)
    tell_if_renumbered(request, before)
