"""The codes that the public cites: those of the shown edition. The working tree counts drafts, too."""

from collections.abc import Mapping

from django.db.models import QuerySet

from strategy.editions.library import library
from strategy.editions.models import PublicState
from strategy.tree.models import Node
from strategy.tree.tree_rows import TreeRow, tree_rows


def cited_codes() -> Mapping[str, str]:
    """By uid, of every node that has a code in the shown edition. One query, once its Document is in memory."""
    state = PublicState.objects.filter(pk=1).select_related("shown").first()
    if not (state and state.shown):
        return {}
    return {entry.uid: code for code, entry in library.document(state.shown).by_code.items()}


def cited_rows(nodes: QuerySet[Node] | None = None) -> list[TreeRow]:
    """The working tree as `tree_rows` has it, each node also with the code that the public cites. Two queries."""
    return tree_rows(nodes, cited_codes())
