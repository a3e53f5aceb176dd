"""What restoring a record of the history would write, as it is said to whoever is asked before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategy.document.data import canonical_json, digest_of
from strategy.history.models import HistoryRecord, state_of
from strategy.history.origin_actions import state_with_origins
from strategy.history.restoring import (
    content_before,
    deleted_with,
    named_again,
    node_of,
    parent_of,
    place_of,
    require_gone,
    require_unchanged_since,
)
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.text.letters import sort_key
from strategy.tree.content import content_of
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.tree.references import Targets
from strategy.tree.review import Review

Action = HistoryRecord.Action


@dataclass(frozen=True)
class Restoration:
    """Today and then: fields side by side, or a place or state in two sentences. `returning` are deleted nodes that
    come back, `naming` those that name them again; `gone` is what cannot come back. All of it in words.
    """

    fields: tuple[FieldView, ...] = ()
    now: str = ""
    then: str = ""
    returning: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    ends_responsibilities: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it is so already."""
        return not self.fields and not self.returning and self.now == self.then

    @property
    def digest(self) -> str:
        """Of all that would be written: another one means that something has changed meanwhile."""
        shown = {
            "fields": [[view.name, str(view.old), str(view.new)] for view in self.fields],
            "places": [self.now, self.then],
            "nodes": [list(self.returning), list(self.naming), list(self.gone)],
        }
        return digest_of(canonical_json(shown))


def restoration_of(record: HistoryRecord) -> Restoration:
    """What restoring this record would write today. ValidationError where it cannot be restored."""
    if record.action == Action.DELETED:
        return _of_deletion(record)
    node = node_of(record)
    if record.action == Action.MOVED:
        return _of_move(record, node)
    if record.action == Action.REVIEWED:
        require_unchanged_since(record)
        return Restoration(now=str(Review(node.review).label), then=record.old_review)
    if record.action == Action.ORIGINS:
        now, then = state_with_origins(node)["origins"], record.before["origins"]
        return Restoration(now=_titles(now), then=_titles(then))
    content, gone = content_before(record, node)
    fields = [field for field in record.changed_fields if field.name in content]
    views = field_views(fields, content_of(node), content)
    return Restoration(fields=tuple(views), gone=tuple(gone))


def _of_move(record: HistoryRecord, node: Node) -> Restoration:
    now = state_of(node)
    parent = parent_of(record)
    index, _siblings = place_of(record, parent)
    return Restoration(
        now=_place(now["above"], now["position"]), then=_place(parent.title if parent else "", index)
    )


def _of_deletion(record: HistoryRecord) -> Restoration:
    records = deleted_with(record)
    returning = {str(each.uid) for each in records}
    require_gone(records)
    parent = parent_of(record)
    index, _siblings = place_of(record, parent)
    targets = Targets(returning)
    gone = [name for each in records for name in targets.left(each.kind, each.content_before)[1]]
    return Restoration(
        then=_place(parent.title if parent else "", index),
        returning=tuple(f"{each.get_kind_display()}: {each.title}" for each in records),
        naming=tuple(node.title for node, _content in named_again(record, returning)),
        gone=tuple(dict.fromkeys(gone)),
        ends_responsibilities=record.kind == Kind.THEME,
    )


def _place(above: str, position: int) -> str:
    words = {"parent": above, "number": position + 1}
    if above:
        return _("below “%(parent)s”, place %(number)s") % words
    return _("at the top level, place %(number)s") % words


def _titles(origins: Iterable[dict[str, str]]) -> str:
    return ", ".join(sorted((each["title"] for each in origins), key=sort_key)) or _("nothing")
