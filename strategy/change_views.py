"""A Comparison in words: what the pages of the administration show of each Change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from strategy.changes import ABSENT, Change, entry_fields
from strategy.comparison import Comparison
from strategy.content import fields_of
from strategy.fields import Field
from strategy.levels import level_of
from strategy.side_by_side import FieldView, field_views

KINDS = {
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
    "reordered": _("other order"),
    "changed": _("changed"),
    "merged_into": _("merged into another"),
    "split_from": _("split from another"),
    "renumbered": _("renumbered"),
}
EMPTY: tuple[Any, ...] = ("", None, [], False)
META = (
    Field("city", _("city")),
    Field("title", _("title")),
    Field("subtitle", _("subtitle")),
    Field("edition_remark", _("remark on the edition")),
)


@dataclass(frozen=True)
class ChangeView:
    """A Change with its kinds in words, and its fields side by side."""

    change: Change
    kinds: list[Any]
    title: str
    level: Any
    places: tuple[str, str] | None
    fields: list[FieldView]

    @property
    def is_added(self) -> bool:
        return bool(self.change.new and not self.change.old)

    @property
    def is_removed(self) -> bool:
        return bool(self.change.old and not self.change.new)


def change_views(comparison: Comparison) -> list[ChangeView]:
    """Every numbered Change."""
    return [_view(change) for change in comparison.changes]


def counts(comparison: Comparison) -> list[tuple[Any, int]]:
    """How many Changes are of which kind, in words."""
    return [(KINDS[kind], count) for kind, count in comparison.counts.items()]


def _view(change: Change) -> ChangeView:
    entry = change.entry
    old, new = _said(change)
    known = _fields(entry.kind if entry else None)
    return ChangeView(
        change,
        [KINDS[kind] for kind in change.kinds],
        f"{entry.code} {entry.title}".lstrip() if entry else str(_("Title page")),
        level_of(entry.kind).kind.label if entry else "",
        _places(change),
        field_views([field for field in known if field.name in {**old, **new}], old, new),
    )


def _said(change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    """What both say in the fields that differ; of what was added or removed, all that it says."""
    if change.entry and not (change.old and change.new):
        said = {name: value for name, value in entry_fields(change.entry).items() if value not in EMPTY}
        said.pop("slug", None)
        return ({}, said) if change.new else (said, {})
    old = {field.name: field.old for field in change.fields if field.old is not ABSENT}
    new = {field.name: field.new for field in change.fields if field.new is not ABSENT}
    return old, new


def _fields(kind: str | None) -> Iterable[Field]:
    """Those that a person sets, and those that are taken from live data at freezing."""
    if kind is None:
        return META
    known = {field.name: field for field in fields_of(kind)}
    return [*known.values(), *(f for f in level_of(kind).fields if f.name not in known and not f.is_derived)]


def _places(change: Change) -> tuple[str, str] | None:
    """Below what a moved node stood and stands now."""
    if "moved" not in change.kinds or not change.old or not change.new:
        return None
    names = [each.parent.title if each.parent else str(_("top level")) for each in (change.old, change.new)]
    return names[0], names[1]
