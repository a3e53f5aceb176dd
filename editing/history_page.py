"""The history of a node, and of the whole working tree; bringing something back."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from treebeard.exceptions import InvalidPosition

from editing.access import needs, require
from editing.rights import may_move, node_rights
from strategy.history import REASON_HELP
from strategy.models import HistoryRecord, Node
from strategy.restoring import restore
from strategy.review import Review
from strategy.side_by_side import FieldView, field_views
from strategy.validators import LineField

A_PAGE = 50


class OneGoForm(forms.Form):
    """Narrows the history to what was done in one go."""

    vorgang = forms.UUIDField(required=False)


@require_safe
@needs("strategy.view_historyrecord")
def history(request: HttpRequest, uid: uuid.UUID | None = None) -> HttpResponse:
    """The newest first: who did what, when and why, with the words that changed."""
    records = HistoryRecord.objects.select_related("by", "proposed_by")
    node = None
    if uid:
        records = records.of(uid)
        node = Node.objects.filter(uid=uid).first()
    one_go = OneGoForm(request.GET)
    batch = one_go.cleaned_data["vorgang"] if one_go.is_valid() else None
    if batch:
        records = records.filter(batch=batch)
    page = Paginator(records, A_PAGE).get_page(request.GET.get("seite"))
    sizes = {} if batch else _sizes(page)
    rights = node_rights(request.user)
    title: Any = _("History")
    if uid and (newest := records.first()):
        title = _("History of “%(node)s”") % {"node": node.title if node else newest.title}
    context = {
        **admin.site.each_context(request),
        "title": title,
        "page": page,
        "shown": [(record, changes_of(record), sizes.get(record.batch, 1)) for record in page],
        "batch": batch,
        "node": node,
        "uid": uid,
        "may_restore": rights.everywhere or (node is not None and rights.cover(node.path)),
    }
    return render(request, "editing/history.html", context)


def _sizes(page: Page) -> dict[uuid.UUID, int]:
    """How many records there are in each batch of which this page shows one."""
    batches = {record.batch for record in page}
    counted = HistoryRecord.objects.filter(batch__in=batches).order_by().values_list("batch")
    return dict(counted.annotate(n=Count("pk")))


def changes_of(record: HistoryRecord) -> list[FieldView]:
    """The changed fields of a record, old and new side by side."""
    fields = record.changed_fields
    return field_views(fields, record.before["content"], record.after["content"]) if fields else []


@needs("strategy.view_historyrecord")
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Restore the state of before a record: asked first, done by POST."""
    record = get_object_or_404(HistoryRecord.objects.select_related("by"), pk=pk)
    require(_may_restore(request, record))
    reason = request.POST.get("reason", "")
    error = ""
    if request.method == "POST":
        try:
            reason = LineField(max_length=1000, blank=True).clean(reason, None) or ""
            count = restore(record, by=request.user, reason=reason)
        except (ValidationError, InvalidPosition) as refused:
            error = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        else:
            said = ngettext("%(n)s node restored.", "%(n)s nodes restored.", count) % {"n": count}
            messages.success(request, said if count else gettext("It is so already: nothing was changed."))
            return redirect("editing:node_history", record.uid)
    context = {
        **admin.site.each_context(request),
        "title": _("Restore “%(node)s”") % {"node": record.title},
        "record": record,
        "changes": changes_of(record),
        "reason": reason,
        "reason_help": REASON_HELP,
        "error": error,
    }
    return render(request, "editing/restore.html", context)


def _may_restore(request: HttpRequest, record: HistoryRecord) -> bool:
    """Whoever may change everything; in one's own themes what is still there, and goes back to a place there.

    Back to agreed only whoever may agree.
    """
    is_agreeing = record.action == HistoryRecord.Action.REVIEWED and record.before["review"] == Review.AGREED
    if is_agreeing and not request.user.has_perm("strategy.agree_node"):
        return False
    rights = node_rights(request.user)
    if rights.everywhere:
        return True
    node = Node.objects.filter(uid=record.uid).first()
    if node is None or record.before is None or not rights.cover(node.path):
        return False
    if record.action != HistoryRecord.Action.MOVED:
        return True
    return may_move(request.user, node, Node.objects.filter(uid=record.before["parent"]).first())
