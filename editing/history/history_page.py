"""The history of a node, and of the whole working tree."""

import uuid
from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs
from editing.history.history_search import Deletion, HistoryFilter, codes_by_uid, deletions
from editing.history.operation_lines import operation_lines
from editing.rights import node_rights
from strategy.document.data import name_with_code
from strategy.history.models import HistoryRecord
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.tree.models import Node

A_PAGE = 50


@require_safe
@needs("strategy.view_historyrecord")
def history(request: HttpRequest, uid: uuid.UUID | None = None) -> HttpResponse:
    """The newest first: who did what, when and why, with the words that changed."""
    records: Any = HistoryRecord.objects.select_related("by", "proposed_by")
    form = HistoryFilter(request.GET)
    node = None
    if uid:
        records = records.of(uid)
        node = Node.objects.filter(uid=uid).first()
    else:
        records = form.matches(records)
    page = Paginator(records, A_PAGE).get_page(request.GET.get("seite"))
    sizes = {} if form.batch else _sizes(page)
    deleted, lines = deletions(page), operation_lines(page, request.user)
    codes = codes_by_uid()
    rights = node_rights(request.user)
    title: Any = _("History")
    if uid and (newest := records.first()):
        name = name_with_code(codes.get(str(uid), ""), node.title if node else newest.title)
        title = _("History of “%(node)s”") % {"node": name}
    context = {
        **admin.site.each_context(request),
        "title": title,
        "page": page,
        "shown": [
            (
                record,
                codes.get(str(record.uid), ""),
                changes_of(record),
                sizes.get(record.batch, 1),
                _deletion(record, deleted),
                lines.get(record.batch),
            )
            for record in page
        ],
        "form": form,
        "lists_operations": form.lists_operations and not uid,
        "whole": next(iter(lines.values()), None) if form.batch else None,
        "node": node,
        "uid": uid,
        "edits_all": rights.everywhere,
        "may_restore": rights.everywhere or (node is not None and rights.cover(node.path)),
    }
    return render(request, "editing/history.html", context)


def _deletion(record: HistoryRecord, deleted: dict[uuid.UUID, Deletion]) -> Deletion | None:
    return deleted.get(record.batch) if record.action == HistoryRecord.Action.DELETED else None


def _sizes(page: Page) -> dict[uuid.UUID, int]:
    """How many records there are in each batch of which this page shows one."""
    batches = {record.batch for record in page}
    counted = HistoryRecord.objects.filter(batch__in=batches).order_by().values_list("batch")
    return dict(counted.annotate(n=Count("pk")))


def changes_of(record: HistoryRecord) -> list[FieldView]:
    """The changed fields of a record, old and new side by side."""
    fields = record.changed_fields
    return field_views(fields, record.content_before, record.content_after) if fields else []
