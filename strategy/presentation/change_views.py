"""A Comparison in words: what a Synopse, and the pages of the administration, show of each Change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.document.changes import ABSENT, Change, entry_fields
from strategy.document.comparison import Comparison
from strategy.document.data import Plain, sdg_name
from strategy.document.declaration import DeclaredField
from strategy.document.document import Entry
from strategy.presentation.change_counts import KINDS
from strategy.presentation.side_by_side import FieldView, line_view, read_view
from strategy.text.lazy_text import LazyText

PROSE = ("text", "easy_text")
META = (
    DeclaredField("city", "Stadt", "line"),
    DeclaredField("title", "Titel", "line"),
    DeclaredField("subtitle", "Untertitel", "line"),
)


@dataclass(frozen=True)
class Related:
    """A node that another one came from or went into: code and title, the number of its Change, its page's path."""

    name: str
    number: int | None
    path: str


@dataclass(frozen=True)
class LineageView:
    """How a node and others hang together, in words: "merged into", and which."""

    words: LazyText
    nodes: tuple[Related, ...]


@dataclass(frozen=True)
class ChangeView:
    """A Change with its kinds in words, and its fields side by side. `places` say where it stood and stands."""

    change: Change
    kinds: list[LazyText]
    title: str
    level: str
    places: tuple[str, str] | None
    fields: list[FieldView]
    came_from: LineageView | None = None
    went_into: LineageView | None = None

    @property
    def is_whole(self) -> bool:
        """Whether only one Document has the node: all that it says is new or dropped, and no word needs a mark."""
        return self.is_added or self.is_removed

    @property
    def prose(self) -> list[FieldView]:
        """Of a node that is whole, its texts."""
        return [field for field in self.fields if field.name in PROSE]

    @property
    def facts(self) -> list[FieldView]:
        """Of a node that is whole, what else it says; its title heads it."""
        return [field for field in self.fields if field.name not in (*PROSE, "title")]

    @property
    def is_added(self) -> bool:
        """Whether only the new Document has the node."""
        return bool(self.change.new and not self.change.old)

    @property
    def is_removed(self) -> bool:
        """Whether only the old Document has the node."""
        return bool(self.change.old and not self.change.new)


def change_views(comparison: Comparison) -> list[ChangeView]:
    """Every numbered Change."""
    return [_view(change, comparison) for change in comparison.changes]


def _view(change: Change, comparison: Comparison) -> ChangeView:
    entry = change.entry
    return ChangeView(
        change,
        [KINDS[kind] for kind in change.kinds],
        entry.name if entry else gettext("Title page"),
        entry.level.name if entry else "",
        _places(change),
        list(_field_views(change, comparison.text_rule)),
        _lineage(_came_from(change), change.origins, comparison),
        _lineage(_went_into(change), change.successors, comparison),
    )


def _field_views(change: Change, text_rule: int) -> Iterator[FieldView]:
    """What both say in the fields that differ, in the order of the declaration; what several say, in one line."""
    old, new = _said(change)
    names = {**old, **new}
    combined: set[str] = set()
    views: dict[str, FieldView] = {}
    for field in _derived(change):
        before, now = (entry.said(field.name) if entry else [] for entry in (change.old, change.new))
        if not names.keys().isdisjoint(field.combines) and before != now:
            views[field.name] = line_view(field, before, now)
            combined.update(field.combines)
    for each in _fields(change):
        if each.name in views:
            yield views[each.name]
        elif each.name in names and each.name not in combined:
            yield read_view(
                each,
                _lines(each, change.old, old.get(each.name)),
                _lines(each, change.new, new.get(each.name)),
                text_rule,
            )


def _said(change: Change) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """What both say in the fields that differ; of what was added or removed, all that it says."""
    if change.entry and not (change.old and change.new):
        combined = {name for field in _derived(change) for name in field.combines}
        fields = entry_fields(change.entry)
        stated = {name: value for name, value in fields.items() if _says(value, is_combined=name in combined)}
        stated.pop("slug", None)
        return ({}, stated) if change.new else (stated, {})
    old = {field.name: field.old for field in change.fields if field.old is not ABSENT}
    new = {field.name: field.new for field in change.fields if field.new is not ABSENT}
    return old, new


def _says(value: Plain, *, is_combined: bool) -> bool:
    """Whether a value is worth showing of a node that is new or gone: "no" only where nothing else says it."""
    return value not in ("", None, []) and not (value is False and is_combined)


def _fields(change: Change) -> Iterable[DeclaredField]:
    """All that a node of this level says, or a title page, as the new edition declares it; at the end what only the
    old one has."""
    if not change.entry:
        return META
    new, *old = [entry.level for entry in (change.new, change.old) if entry]
    return (
        *new.fields,
        *(field for level in old for field in level.fields if field.name not in new.by_name),
    )


def _derived(change: Change) -> list[DeclaredField]:
    return [field for field in _fields(change) if field.kind == "derived"]


def _lines(field: DeclaredField, entry: Entry | None, value: Plain) -> list[str]:
    """A value in words, as its edition says it; goals of the Agenda 2030 with their numbers, [] for None."""
    if value is None:
        return []
    if field.shown == "sdgs":
        return [sdg_name(each["key"], each["name"]) for each in value]
    return entry.said(field.name) if entry else [value]


def _places(change: Change) -> tuple[str, str] | None:
    """Where a moved or reordered node stood and stands now, in words."""
    if change.behind:
        before, now = map(_behind, change.behind)
        return before, now
    if "moved" not in change.kinds or not change.old or not change.new:
        return None
    return _below(change.old), _below(change.new)


def _behind(sibling: Entry | None) -> str:
    if sibling is None:
        return gettext("stands in the first place")
    return gettext("stands behind “%(sibling)s”") % {"sibling": sibling.name}


def _below(entry: Entry) -> str:
    if entry.parent is None:
        return gettext("stands at the top level")
    return gettext("stands below “%(place)s”") % {"place": entry.parent.name}


def _came_from(change: Change) -> LazyText:
    return _("has taken in") if change.old else _("came from")


def _went_into(change: Change) -> LazyText:
    if change.new:
        return _("what came from it")
    if "merged_into" in change.kinds:
        return _("merged into")
    return _("divided into") if len(change.successors) > 1 else _("replaced by")


def _lineage(words: LazyText, entries: tuple[Entry, ...], comparison: Comparison) -> LineageView | None:
    related = tuple(Related(each.name, _number(each.uid, comparison), each.path) for each in entries)
    return LineageView(words, related) if related else None


def _number(uid: str, comparison: Comparison) -> int | None:
    change = comparison.by_uid.get(uid)
    return change.number if change else None
