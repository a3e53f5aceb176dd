"""Where the form of a node was opened from: a list of the admin or the tree, as it was filtered. Saving leads back
there, or on to what comes next in it."""

import copy
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from strategy.tree.models import Node

FILTERS = "_changelist_filters"
"""Django's parameter in the address of a form: the query of the list."""
SELECTION = "auswahl"
"""Ours: the query of the tree page, where it was filtered."""


def way_back(model_admin: Any, request: HttpRequest, node: Node) -> str:
    """The list or the tree, as it was filtered, at this node."""
    if FILTERS in request.GET:
        return _address(model_admin, "changelist", query=QueryDict(request.GET[FILTERS]).urlencode())
    return in_the_tree(node, selection_of(request))


def way_on(model_admin: Any, request: HttpRequest, node: Node) -> str:
    """The form of what comes after this node in the list or the tree; back to it after the last."""
    if FILTERS in request.GET:
        return _next_listed(model_admin, request, node) or way_back(model_admin, request, node)
    selection = selection_of(request)
    query = f"?{urlencode({SELECTION: selection})}" if selection else ""
    return reverse("editing:next", args=[node.pk]) + query


def in_the_tree(node: Node, selection: str = "") -> str:
    """Its place in the tree; in what a filter leaves of it, where there is one (`selection_of`)."""
    return f"{reverse('tree_page')}?{selection or f'zeige={node.pk}'}#k{node.pk}"


def selection_of(request: HttpRequest) -> str:
    """The filter of the tree that a form was opened from, as the query of its page; "" where there was none."""
    return QueryDict(request.GET.get(SELECTION, "")).urlencode()


def _next_listed(model_admin: Any, request: HttpRequest, node: Node) -> str:
    """A node that no longer fits the filters of the list is taken to be where the tree has it."""
    of_list = copy.copy(request)
    of_list.GET = QueryDict(request.GET[FILTERS])
    try:
        rows = list(model_admin.get_changelist_instance(of_list).queryset.values_list("pk", "path"))
    except IncorrectLookupParameters:
        return ""
    keys = [key for key, _path in rows]
    after = [key for key, path in rows if path > node.path]
    if node.pk in keys:
        after = keys[keys.index(node.pk) + 1 :]
    return _address(model_admin, "change", after[0], query=request.GET.urlencode()) if after else ""


def _address(model_admin: Any, page: str, *key: int, query: str) -> str:
    opts = model_admin.opts
    return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_{page}', args=key)}?{query}"
