"""The entries of a list as rows of our own table: those that are there already, new ones, and what stands between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from editing.delivered.cells.numbering import code_of, split_title
from editing.delivered.cells.words import words
from editing.delivered.columns import LEVELS
from editing.delivered.conversion import Converted
from editing.delivered.entries import Entry
from editing.tables.columns import LEVEL, PARENT, UID
from editing.tables.sheet import Sheet, SheetRow
from measures.models import Department
from strategy.editions.renumbering import codes_of
from strategy.importing.tree_state import TreeState
from strategy.tree.kinds import Kind

# What a new entry is called that a list lacks between two others. German, as it becomes a part of the strategy.
BETWEEN = {Kind.GUIDELINE: "Leitlinie zu „{}“", Kind.STRATEGIC_GOAL: "Strategisches Ziel zu „{}“"}
_ABOVE = {
    Kind.GUIDELINE: (Kind.THEME,),
    Kind.STRATEGIC_GOAL: (Kind.GUIDELINE,),
    Kind.OPERATIONAL_GOAL: (Kind.STRATEGIC_GOAL,),
    Kind.MEASURE: (Kind.OPERATIONAL_GOAL, Kind.STRATEGIC_GOAL),
}


@dataclass(eq=False)
class Place:
    """A node of the tree as it is to be: one that is there (`uid`), or a new one, with what a list says of it."""

    kind: Kind
    title: str
    uid: str = ""
    parent: "Place | None" = None
    converted: Converted | None = None
    below: list["Place"] = field(default_factory=list)
    is_between: bool = False


class Placing:
    """Finds the place of each entry. `nowhere` are entries whose code names nothing; `elsewhere` those that stand
    below another node in the tree than in the list: they stay where they are."""

    def __init__(self, tree: TreeState, *, by_code: bool, below: str = "", top: str = "") -> None:
        self.tree, self.by_code, self.below, self.top = tree, by_code, below, top
        self.places: dict[int, Place] = {}
        self.roots: list[Place] = []
        self.nowhere: list[Entry] = []
        self.elsewhere: list[Entry] = []
        self.between: list[Place] = []
        self._by_uid: dict[str, Place] = {}

    @cached_property
    def uids(self) -> dict[str, str]:
        """The nodes by their codes."""
        return {code: uid for uid, code in codes_of(self.tree.children, self.tree.kinds).items()}

    @cached_property
    def _titles(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for uid in self.tree.nodes:
            found.setdefault((self.tree.kinds[uid], title_key(self.tree.title(uid))), []).append(uid)
        return found

    def uid_of(self, entry: Entry, parent: "Place | None") -> str:
        """The node that an entry is; "" for a new one."""
        if self.by_code and entry.code in self.uids:
            return self.uids[entry.code]
        if named := self._named(entry):
            return named
        same = self._titles.get((entry.kind.value, title_key(entry.title)), []) if entry.title else []
        beside = [uid for uid in same if parent and parent.uid in self._above(uid)]
        if entry.kind == Kind.THEME or beside:
            return next(iter(beside or same), "")
        return same[0] if len(same) == 1 and entry.kind != Kind.GUIDELINE else ""

    def _named(self, entry: Entry) -> str:
        """The goal or theme that stands in a column by its code, its address or its ID instead of its title."""
        code = code_of(entry.title)
        uid = self.uids.get(code, "") if code == entry.title else ""
        uid = (
            uid
            or self.tree.slugs.get(entry.title, "")
            or (entry.title if entry.title in self.tree.nodes else "")
        )
        return uid if uid and entry.kind != Kind.MEASURE != self.tree.kinds[uid] else ""

    def _above(self, uid: str) -> list[str]:
        found = []
        while parent := self.tree.parents[uid]:
            found.append(parent)
            uid = parent
        return found

    def place(self, all_converted: Sequence[Converted]) -> None:
        """Place entries, parents before children."""
        for each in all_converted:
            entry = each.entry
            above = self.places.get(id(entry.parent)) if entry.parent else None
            uid = self.uid_of(entry, above)
            if not uid and not entry.title:
                self.nowhere.append(entry)
                continue
            if uid:
                place = self._there(uid)
                if above and above.uid not in self._above(uid) and entry.parent:
                    self.elsewhere.append(entry)
            else:
                parent = self._fitting(entry.kind, above or self._named_by_code(entry))
                place = self._new(entry.kind, entry.title, parent)
            if place.converted is None:
                place.converted = each
            self.places[id(entry)] = place

    def _named_by_code(self, entry: Entry) -> Place | None:
        parts = entry.code.split(".") if self.by_code else []
        codes = [".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]
        uid = next((self.uids[code] for code in codes if code in self.uids), None)
        return self._there(uid) if uid else None

    def _there(self, uid: str) -> Place:
        if uid not in self._by_uid:
            above = self.tree.parents[uid]
            parent = self._there(above) if above else None
            place = Place(Kind(self.tree.kinds[uid]), self.tree.title(uid), uid, parent)
            self._by_uid[uid] = place
            (parent.below if parent else self.roots).append(place)
        return self._by_uid[uid]

    def _new(self, kind: Kind, title: str, parent: Place | None, *, is_between: bool = False) -> Place:
        place = Place(kind, title, "", parent, is_between=is_between)
        (parent.below if parent else self.roots).append(place)
        if is_between:
            self.between.append(place)
        return place

    def _fitting(self, kind: Kind, above: Place | None) -> Place | None:
        """A place below which this level may stand: the one above it in the list, or one between."""
        if kind == Kind.THEME:
            return None
        if above is None:
            above = self._there(self.below) if self.below in self.tree.nodes else self._top()
        while above.kind not in _ABOVE[kind]:
            if LEVELS.index(above.kind) >= LEVELS.index(kind):
                above = above.parent or self._top()
                continue
            needed = Kind.GUIDELINE if above.kind == Kind.THEME else Kind.STRATEGIC_GOAL
            above = self._between(needed, above)
        return above

    def _top(self) -> Place:
        """The theme of what stands below nothing."""
        same = next((place for place in self.roots if place.is_between), None)
        uid = next(iter(self._titles.get((Kind.THEME.value, title_key(self.top)), [])), "")
        return self._there(uid) if uid else same or self._new(Kind.THEME, self.top, None, is_between=True)

    def _between(self, kind: Kind, above: Place) -> Place:
        """The node of a level that the list lacks: a theme has one guideline; goals are found by their name."""
        theme = above
        while theme.parent:
            theme = theme.parent
        title = BETWEEN[kind].format(theme.title)[:300]
        there = (
            [uid for uid in self.tree.below(above.uid) if self.tree.kinds[uid] == kind] if above.uid else []
        )
        if kind != Kind.GUIDELINE:
            there = [uid for uid in there if self.tree.title(uid) == title]
        if there:
            return self._there(there[0])
        new = [
            place
            for place in above.below
            if place.kind == kind and (kind == Kind.GUIDELINE or place.title == title)
        ]
        return new[0] if new else self._new(kind, title, above, is_between=True)

    def sheet(self, places: Mapping[str, int], departments: Sequence[Department]) -> Sheet:
        """The rows of our own table that say this: what is there in its order, then what is new."""
        sheet = Sheet(places, [], departments)
        numbers: dict[int, int] = {}
        order = {uid: at for at, uid in enumerate(self.tree.nodes)}

        def add(siblings: list[Place], parent: str | None) -> None:
            ranked = sorted(
                siblings, key=lambda each: (_RANK[each.kind], not each.uid, order.get(each.uid, 0))
            )
            for each in ranked:
                key = each.uid or f"neu-{numbers.setdefault(id(each), len(numbers) + 1)}"
                if not each.uid or (each.converted and each.converted.cells):
                    sheet.rows.append(self._row(each, key, parent, len(sheet.rows)))
                add(each.below, key)

        add(self.roots, None)
        return sheet

    def _row(self, place: Place, key: str, parent: str | None, part: int) -> SheetRow:
        entry = place.converted.entry if place.converted else self._first_below(place)
        cells: dict[str, Any] = {UID: key, LEVEL: place.kind.label, PARENT: parent}
        if not place.uid:
            cells["title"] = place.title
        elif self.by_code and entry and entry.title and place.converted:
            cells["title"] = entry.title
        if place.converted:
            cells |= place.converted.cells
        return SheetRow(entry.row if entry else 0, cells, part, entry.sheet if entry else "")

    def _first_below(self, place: Place) -> Entry | None:
        for each in place.below:
            if entry := each.converted.entry if each.converted else self._first_below(each):
                return entry
        return None


_RANK = {kind: at for at, kind in enumerate([Kind.CHAPTER, Kind.THEME, Kind.GUIDELINE, Kind.MEASURE])}
_RANK |= {Kind.STRATEGIC_GOAL: 4, Kind.OPERATIONAL_GOAL: 5}


def title_key(title: str) -> str:
    """A title by which the same one is found, however it is written: without numbers before it, and without "und"."""
    bare = split_title(title.removeprefix("Beispiel: "))[1]
    return " ".join(word for word in words(bare) if word not in ("und", "u"))
