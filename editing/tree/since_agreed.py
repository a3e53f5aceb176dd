"""What has become of nodes since they were agreed last, word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from strategy.editions.edition_selection import Agreed
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.tree.content import Content, completed, content_of_row, differences


@dataclass(frozen=True)
class SinceAgreed:
    """The fields of a node that say something else than when it was agreed, and where it stood then ("" where it
    stands as it stood)."""

    views: list[FieldView]
    place: str

    def __bool__(self) -> bool:
        return bool(self.views or self.place)


def since_agreed(row: Mapping[str, Any], agreed: Agreed | None) -> SinceAgreed | None:
    """`row` is the node as strategy.editions.working_tree.rows has it; None where it was never agreed."""
    return changes_since(row["kind"], row["parent"], content_of_row(row), agreed)


def changes_since(
    kind: str, parent: str | None, content: Content, agreed: Agreed | None
) -> SinceAgreed | None:
    """The same of a node of this level that says this, below this parent (its uid)."""
    if agreed is None:
        return None
    old = agreed.state["content"]
    return SinceAgreed(field_views(differences(kind, old, content), old, content), _place(parent, agreed))


def views_of_new(kind: str, content: Content) -> list[FieldView]:
    """All that a node says that was never agreed, but for its title and its address."""
    empty = completed(kind, {})
    views = field_views(differences(kind, empty, content), empty, content)
    return [view for view in views if view.name not in ("title", "slug")]


def _place(parent: str | None, agreed: Agreed) -> str:
    if not agreed.was_moved:
        return ""
    if agreed.state["parent"] == parent:
        return _("Moved among its siblings; it was number %(n)s.") % {"n": agreed.state["position"] + 1}
    if agreed.state["parent"] is None:
        return _("Moved; it stood at the top of the tree.")
    return _("Moved; it stood below “%(parent)s”.") % {"parent": agreed.state["above"]}
