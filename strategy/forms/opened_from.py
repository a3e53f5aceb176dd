"""The list with its filters that a form of the admin was opened from: saving leads back there, or on in it."""

import copy
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from strategy.tree.models import Node

FILTERS = "_changelist_filters"
"""Django's parameter: the query of the list, in the address of the form."""


def list_address(model_admin: Any, request: HttpRequest) -> str:
    """The list that the form was opened from, as it was filtered; "" where it was opened from elsewhere."""
    if FILTERS not in request.GET:
        return ""
    return _address(model_admin, "changelist", query=QueryDict(request.GET[FILTERS]).urlencode())


def next_listed(model_admin: Any, request: HttpRequest, node: Node) -> str:
    """The form of what stands after a node in that list; "" after the last.

    A node that no longer fits the filters is taken to be where the tree has it.
    """
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
