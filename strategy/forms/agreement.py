"""Saying what else came of a change or a move: that a node is no longer agreed, that others have another code."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from strategy.editions.renumbering import Renumbering, codes_in
from strategy.tree.models import Node
from strategy.tree.review import Review
from strategy.tree.tree_rows import tree_rows


def tell_if_lost(request: HttpRequest, node: Node) -> None:
    """Tell whoever changed a node, here as it was read before, that it was agreed and is up for agreement again."""
    if node.review == Review.AGREED and Node.objects.filter(pk=node.pk, review=Review.OPEN).exists():
        messages.warning(
            request,
            _("“%(node)s” was agreed, and is now up for agreement again.") % {"node": node.title},
        )


def tell_if_renumbered(request: HttpRequest, before: Mapping[str, str]) -> None:
    """Tell whoever moved something which adopted nodes had other codes before, by uid. Two queries."""
    if renumbering := Renumbering.between(before, codes_in(tree_rows())):
        messages.warning(request, str(renumbering))
