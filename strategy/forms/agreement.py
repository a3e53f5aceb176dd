"""Saying that a node is no longer agreed, since it was changed or moved."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from strategy.tree.models import Node
from strategy.tree.review import Review


def tell_if_lost(request: HttpRequest, node: Node) -> None:
    """Tell whoever changed a node, here as it was read before, that it was agreed and is up for agreement again."""
    if node.review == Review.AGREED and Node.objects.filter(pk=node.pk, review=Review.OPEN).exists():
        messages.warning(
            request,
            _("“%(node)s” was agreed, and is now up for agreement again.") % {"node": node.title},
        )
