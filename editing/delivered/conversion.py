"""The cells of a list as values of fields of its entries, in the words of our own tables. Plain Python.

Whatever is read as something else than it says is noted, and so is what cannot be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from editing.delivered.cell_reader import COSTS, CellReader, Fields, Unknown
from editing.delivered.cells.names import Names, is_person
from editing.delivered.cells.words import key, printable, says_nothing
from editing.delivered.columns import COST, NOTE, PERIOD
from editing.delivered.entries import Entry
from editing.delivered.layout import Row
from editing.tables.cells import as_text
from editing.tables.grid import Value, text_of
from strategy.text.numbers import in_german


@dataclass(frozen=True)
class Note:
    """Something that was read as something else, or (`lost`, a sentence) not at all; where, and what stood there."""

    row: int
    column: int
    before: str
    after: str = ""
    lost: str = ""
    sheet: str = ""


@dataclass
class Converted:
    """The cells of an entry by field, and from which column each comes."""

    entry: Entry
    cells: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)


class Conversion:
    """Reads the cells of entries. `notes` are gathered on the way; `left_out` are cells that the tree does not take,
    by sheet, row and column."""

    def __init__(
        self,
        targets: Mapping[int, str],
        headings: Mapping[int, str],
        fields: Fields,
        names: Mapping[str, Names],
    ) -> None:
        self.targets, self.headings, self.fields, self.names = targets, headings, fields, names
        self.notes: list[Note] = []
        self._reader = CellReader(fields, names)
        self.left_out: set[tuple[str, int, int]] = set()
        self._converted: dict[int, Converted] = {}

    @property
    def unknown(self) -> Mapping[Unknown, Sequence[Row]]:
        """The names that nothing known has, with the rows that they stand in."""
        return self._reader.unknown

    def read(self, entries: Sequence[Entry]) -> list[Converted]:
        """All entries with what their rows say of them, and of those above them."""
        for entry in entries:
            self._converted[id(entry)] = Converted(entry)
            if entry.title and entry.said != entry.title and not entry.long_title:
                self.notes.append(
                    Note(entry.row, entry.column or 0, entry.said, entry.title, sheet=entry.sheet)
                )
            if entry.long_title:
                self._set(entry, "text", entry.long_title, entry.column or 0)
                self.notes.append(
                    Note(
                        entry.row,
                        entry.column or 0,
                        entry.long_title,
                        _("its beginning as the title, the whole as the text"),
                        sheet=entry.sheet,
                    )
                )
        for entry in entries:
            for row in entry.rows:
                self._read_row(entry, row)
        for each in self._converted.values():
            self._settle(each)
        return list(self._converted.values())

    def _read_row(self, entry: Entry, row: Row) -> None:
        for at, target in self.targets.items():
            value = row.cells.get(at)
            if (row.sheet, row.number, at) in self.left_out or not (before := text_of(value)):
                continue
            names = self._names_of(target)
            if not names:
                continue
            owner = next(
                (
                    each
                    for each in entry.chain
                    if any(name in self.fields.of_level[each.kind] for name in names)
                ),
                None,
            )
            if owner is None:
                self._lose(row, at, before, _("no entry of this row has such a field"))
            elif target in COSTS and at in row.filled:
                self._lose(
                    row, at, before, _("one amount for several rows: it was taken for the first of them")
                )
            elif target == "lead" and is_person(before):
                self._lose(row, at, before, _("names of persons do not stand in the strategy"))
            else:
                self._take(owner, row, at, target, value)

    def _names_of(self, target: str) -> tuple[str, ...]:
        """The fields that a column says something about, those first that it is for."""
        special = {PERIOD: ("start_year", "end_year"), COST: ("cost_once",), NOTE: ("text",)}
        return special.get(target, (target,) if target in self.fields.kinds else ())

    def _take(self, owner: Entry, row: Row, at: int, target: str, value: Value) -> None:
        before = text_of(value)
        read = self._reader.read(target, value, self.headings.get(at, ""), row)
        if not read.is_understood:
            if not self._is_asked(target):
                self._lose(row, at, before, _("cannot be read here"))
            return
        after = []
        is_one = len(read.values) == 1
        for name, cell in read.values.items():
            if name in self.fields.of_level[owner.kind]:
                self._set(owner, name, cell, at, row)
                after.append(
                    self._shown(name, cell) if is_one and name == target else self._labelled(name, cell)
                )
        if read.note:
            name = "cost_note" if target in COSTS else "text"
            self._set(owner, name, read.note, at, row, joined=True)
            after.append(read.note)
        said = "; ".join(after)
        if key(said) != key(before) and (said or not says_nothing(before)):
            self.notes.append(Note(row.number, at, before, said, sheet=row.sheet))

    def _is_asked(self, target: str) -> bool:
        return target in self.names and target != "sdgs"

    def _shown(self, name: str, cell: Any) -> str:
        """A cell in words: names rather than keys, amounts as one writes them."""
        if name in COSTS and isinstance(cell, int):
            return f"{in_german(cell)} €"
        if name not in self.names:
            return as_text(cell)
        named = {each.key: each.name for each in self.names[name].named}
        return ", ".join(named.get(each.strip(), each) for each in str(cell).split(","))

    def _labelled(self, name: str, cell: Any) -> str:
        label = self.fields.labels[name]
        return label if self.fields.kinds[name] == "yes_no" else f"{label} {self._shown(name, cell)}"

    def _set(
        self, entry: Entry, name: str, cell: Any, at: int, row: Row | None = None, *, joined: bool = False
    ) -> None:
        converted = self._converted[id(entry)]
        there = converted.cells.get(name)
        converted.columns.setdefault(name, at)
        if there is None:
            converted.cells[name] = cell
        elif there == cell:
            return
        elif joined or self.fields.kinds[name] in ("markdown", "list", "references"):
            between = {"markdown": "\n\n", "list": "\n", "references": ", "}.get(
                self.fields.kinds[name], "; "
            )
            known = str(there).split(between)
            more = [each for each in str(cell).split(between) if each not in known]
            converted.cells[name] = between.join([*known, *more])
        elif row is not None and at not in row.filled:
            says = _("another cell says something else of the same entry: the first holds")
            if name == "unit":
                says = _("two units of the same entry: the first holds")
            self._lose(row, at, text_of(row.cells.get(at)), says)

    def _lose(self, row: Row, at: int, before: str, says: str) -> None:
        self.notes.append(Note(row.number, at, before, lost=says, sheet=row.sheet))

    def _settle(self, converted: Converted) -> None:
        """Leave out what the rules of the tree do not admit together, and say so."""
        cells, entry = converted.cells, converted.entry
        for name, cell in cells.items():
            if isinstance(cell, str):
                cells[name] = printable(cell) if self.fields.kinds[name] != "markdown" else cell
        if cells.get("participation") == "none" and not cells.get("participation_note"):
            self._drop(converted, "participation", _("“no participation” needs a reason"))
        if cells.get("is_ongoing") == "ja" and cells.get("end_year"):
            self._drop(converted, "end_year", _("what is ongoing has no end"))
        start, end = cells.get("start_year"), cells.get("end_year")
        if isinstance(start, int) and isinstance(end, int) and end < start:
            self._drop(converted, "end_year", _("it would end before it begins"))
        if entry.kind != "operational_goal":
            cells.pop("unit", None)

    def _drop(self, converted: Converted, name: str, says: str) -> None:
        value = converted.cells.pop(name)
        entry = converted.entry
        row = entry.rows[0].number if entry.rows else entry.row
        self.notes.append(
            Note(row, converted.columns[name], self._shown(name, value), lost=says, sheet=entry.sheet)
        )
