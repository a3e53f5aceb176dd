"""From one form to the next: what stands after a node in the tree, or in what a filter leaves of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from editing.access import needs
from editing.models import Proposal
from editing.rights import node_rights
from editing.tree.tree_filter import FilterForm
from strategy.editions.cited_codes import cited_rows
from strategy.forms.opened_from import in_the_tree, selection_of
from strategy.tree.levels import level_of
from strategy.tree.models import Node
from strategy.tree.tree_rows import TreeRow


@require_safe
@needs("strategy.view_node")
def next_node(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the form of the next node of the same level that this person may change; after the last, to the tree."""
    rows = cited_rows()
    row = next((row for row in rows if row.pk == pk), None)
    following = _after(row, _selected(request, rows), request) if row else None
    query = request.GET.urlencode()
    if following:
        meta = level_of(following.kind).model._meta
        form = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[following.pk])
        return redirect(f"{form}?{query}" if query else form)
    if row:
        messages.info(request, gettext("“%(node)s” is the last one here.") % {"node": row.name})
    return redirect(in_the_tree(Node(pk=pk), selection_of(request)))


def _selected(request: HttpRequest, rows: list[TreeRow]) -> list[TreeRow]:
    """What the filter leaves that the form was opened from; all where there was none."""
    form = FilterForm(QueryDict(selection_of(request)))
    return form.matches(rows, Proposal.objects.open().counts()) if form.is_set else rows


def _after(row: TreeRow, rows: list[TreeRow], request: HttpRequest) -> TreeRow | None:
    rights = node_rights(request.user)
    return next(
        (each for each in rows if each.kind == row.kind and each.path > row.path and rights.cover(each.path)),
        None,
    )
