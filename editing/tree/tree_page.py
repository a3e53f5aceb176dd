"""The tree page: the whole working tree."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs
from editing.exchange.remarks_page import open_counts
from editing.models import Proposal
from editing.rights import node_rights
from editing.tree.since_adopted import since_adopted
from editing.tree.tree_filter import FilterForm, OpenBranches
from editing.tree.tree_html import TreeHtml
from strategy.editions.cited_codes import cited_rows
from strategy.people import AnyUser

PAGE = 200  # rows of a filtered list: with a line for what stands above each, no page is longer than 300 KB


@require_safe
@needs("strategy.view_node")
def tree_page(request: HttpRequest) -> HttpResponse:
    """The start page of the administration. A fixed number of queries, whatever the size of the tree."""
    rows = cited_rows()
    proposals = Proposal.objects.open().counts()
    standing = since_adopted()
    branches = OpenBranches.from_query(request.GET.dict(), rows)
    html = TreeHtml(
        rows,
        branches,
        node_rights(request.user),
        request.user.has_perm("strategy.add_node"),
        request.user.has_perm("strategy.propose_change"),
        proposals,
        Proposal.objects.open().new_entries(),
        open_counts(),
        standing,
    )
    form = FilterForm(request.GET, standing=standing)
    matching = form.matches(rows, proposals) if form.is_set else None
    page = Paginator(matching, PAGE).get_page(request.GET.get("seite")) if matching is not None else None
    context = {
        **admin.site.each_context(request),
        "title": _("The strategy: working tree"),
        "form": form,
        "found": matching,
        "page": page,
        "branches": str(branches),
        "tree": html.tree() if page is None else html.flat(page, form.query),
        "themes": [row for row in rows if row.kind == "theme"],
        "tools": _tools(request.user),
        "standing": standing,
    }
    return render(request, "editing/tree.html", context)


def _tools(user: AnyUser) -> list[tuple[str, str]]:
    """The pages that change many measures at once, for those who may: what they are called, and their addresses."""
    rights = node_rights(user)
    tools = [(gettext("Tables"), reverse("editing:tables"))]
    if rights.everywhere or rights.themes:
        tools.append((gettext("Change many measures"), reverse("editing:change_measures")))
        tools.append((gettext("Put drafts up for agreement"), f"{reverse('editing:agree')}?stand=draft"))
    if rights.everywhere:
        tools.append((gettext("Reorganise departments"), reverse("editing:replace_department")))
    return tools
