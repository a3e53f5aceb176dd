"""A file that a city delivered, as it is read: with what was proposed, and with what somebody has chosen instead."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from editing.delivered import catalogue
from editing.delivered.columns import NUMBER, Column, Proposals, columns_of
from editing.delivered.conversion import Conversion, Converted, Note
from editing.delivered.entries import Entries, Reading, Sheetful, depths_of
from editing.delivered.files import read_grids
from editing.delivered.headings import known
from editing.delivered.layout import Layout, Row, Skipped, headings, layout_at, layout_of, rows_of
from editing.delivered.names import clusters, full_name, is_person
from editing.delivered.numbering import codes_of
from editing.delivered.placing import Placing, title_key
from editing.delivered.words import key
from editing.tables.columns import index_of
from editing.tables.findings import TableError
from editing.tables.grid import Grid, text_of
from editing.tables.plan import Plan, plan_of
from editing.tables.sheet import Sheet
from strategy.importing.tree_state import TreeState
from strategy.tree.kinds import Kind

ALL_SHEETS = "*"
_ADDRESS = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>\d+)")
_ROUNDS = 4  # in which cells are left out that the tree refuses


@dataclass(frozen=True)
class Question:
    """Spellings of a name that nothing known has, in a field; how often they occur, and what is proposed."""

    field: str
    label: str
    spellings: tuple[str, ...]
    count: int
    proposal: str

    @property
    def quoted(self) -> str:
        """The spellings in quotation marks."""
        return ", ".join(_("“%(name)s”") % {"name": each} for each in self.spellings)

    @property
    def name(self) -> str:
        """What the form calls it."""
        return f"name-{self.field}-{key(self.spellings[0]).replace(' ', '-')}"


class Delivery:
    """Reads a file with the choices of a person; what they have not chosen is proposed. Choices are plain JSON:
    `sheet`, `header`, `last`, `targets` (by column), `by_code`, `depths`, `below`, `answers` (by field, spelling)."""

    def __init__(
        self, content: bytes, *, name: str, choices: Mapping[str, Any], may_add: bool = True
    ) -> None:
        self.name, self.choices, self.may_add = name, dict(choices), may_add
        self.grids = read_grids(content)
        self._layouts: dict[int, Layout] = {}
        if not any(_is_table(grid) for grid in self.grids):
            raise TableError(
                _("The file holds no table: at least two columns with headings, and a row below them.")
            )

    @cached_property
    def tree(self) -> TreeState:
        """The working tree."""
        return TreeState.now()

    @cached_property
    def sheets(self) -> list[Grid]:
        """The sheets that are read: the one that was chosen or looks most like a list, or all that look alike."""
        named = {grid.name: grid for grid in self.grids}
        chosen = self.choices.get("sheet")
        if chosen in named:
            return [named[chosen]]
        best = max(filter(_is_table, self.grids), key=self._worth)
        alike = self.alike(best)
        return alike if len(alike) > 1 and chosen in (None, ALL_SHEETS) else [best]

    def alike(self, grid: Grid) -> list[Grid]:
        """The sheets that have the same headings as this one."""
        own = self._headings_of(grid)
        return [each for each in self.grids if _is_table(each) and self._headings_of(each) == own]

    def _layout(self, grid: Grid) -> Layout:
        if id(grid) not in self._layouts:
            self._layouts[id(grid)] = layout_of(grid, known)
        return self._layouts[id(grid)]

    def _worth(self, grid: Grid) -> float:
        """How much a sheet looks like a list: known headings, and rows below them."""
        layout = self._layout(grid)
        named = sum(map(known, headings(grid, layout).values()))
        rows = sum(number > layout.headers[-1] for number in grid.rows)
        return named * min(rows, 500) ** 0.5

    def _headings_of(self, grid: Grid) -> tuple[str, ...]:
        return tuple(key(text) for text in headings(grid, self._layout(grid)).values())

    def checked(self) -> "Delivery":
        """The same, its rows read. TableError where they cannot be."""
        if not self.rows and not self.headings:
            raise TableError(_("The file is empty: it holds no table."))
        return self

    @property
    def are_several(self) -> bool:
        """Whether several sheets are read."""
        return len(self.sheets) > 1

    @cached_property
    def layouts(self) -> list[Layout]:
        """Where the table lies in each of the sheets."""
        header, last = self.choices.get("header"), self.choices.get("last")
        if header and not self.are_several:
            return [layout_at(self.sheets[0], header, last, known)]
        return [self._layout(grid) for grid in self.sheets]

    @cached_property
    def headings(self) -> dict[int, str]:
        """The headings of the columns."""
        return headings(self.sheets[0], self.layouts[0])

    @cached_property
    def _rows(self) -> list[tuple[list[Row], list[Skipped]]]:
        found = []
        for grid, layout in zip(self.sheets, self.layouts, strict=True):
            sheet = grid.name if self.are_several else ""
            rows, skipped = rows_of(grid, layout)
            found.append(
                (
                    [replace(row, sheet=sheet) for row in rows],
                    [replace(each, sheet=sheet) for each in skipped],
                )
            )
        return found

    @property
    def rows(self) -> list[Row]:
        """All rows that are read."""
        return [row for rows, _skipped in self._rows for row in rows]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns, with what stands in them."""
        return columns_of(self.headings, self.rows)

    @cached_property
    def departments(self) -> list[Any]:
        """The departments that are made on the way."""
        return catalogue.new_departments(self.answers) if self.may_add else []

    @property
    def answers(self) -> Mapping[str, Mapping[str, str]]:
        """What somebody has decided that a spelling names, by field."""
        answers: Mapping[str, Mapping[str, str]] = self.choices.get("answers", {})
        return answers

    @cached_property
    def names(self) -> Any:
        """What cells can name, by field."""
        return catalogue.names(self.answers, self.departments)

    @cached_property
    def targets(self) -> dict[int, str]:
        """What each column is read as."""
        labels = {column.key: column.name for column in catalogue.field_columns()}
        proposed = Proposals(self.names, labels, self._uids).of(self.columns)
        chosen = self.choices.get("targets", {})
        kept = self.choices.get("by_heading", {})
        return {
            at: chosen.get(str(at), kept.get(key(self.headings[at]), target))
            for at, target in proposed.items()
        }

    @cached_property
    def codes(self) -> list[str]:
        """The numbers of the rows, where a column holds them."""
        at = next((at for at, target in self.targets.items() if target == NUMBER), None)
        return codes_of(row.cells.get(at) for row in self.rows) if at is not None else []

    @cached_property
    def _uids(self) -> Mapping[str, str]:
        return Placing(self.tree, by_code=True).uids

    @cached_property
    def by_code(self) -> bool:
        """Whether the numbers are the portal's codes: those with a title have the same one as in the tree, mostly."""
        if "by_code" in self.choices:
            return bool(self.choices["by_code"])
        uids = self._uids
        at = next((at for at, target in self.targets.items() if target == Kind.MEASURE), None)
        pairs = [
            (row.text(at) if at is not None else "", self.tree.title(uids[code]))
            for row, code in zip(self.rows, self.codes, strict=False)
            if code in uids
        ]
        if len(pairs) < max(1, sum(map(bool, self.codes)) / 2):
            return False
        same = [title_key(own) == title_key(there) for own, there in pairs if own]
        return not same or sum(same) >= len(same) / 2

    @cached_property
    def depths(self) -> dict[int, Kind]:
        """What numbers of so many parts stand for."""
        chosen = {int(parts): Kind(kind) for parts, kind in self.choices.get("depths", {}).items()}
        return {**depths_of(self._all_codes), **chosen}

    @property
    def _all_codes(self) -> list[str]:
        entries = Entries(Reading(self.targets))
        return self.codes or [code for rows, _skipped in self._rows for code in entries.codes(rows)]

    @cached_property
    def is_by_number(self) -> bool:
        """Whether the numbers say which entry stands below which."""
        entries = Entries(Reading(self.targets, by_code=self.by_code))
        return entries.is_by_number(self._all_codes) and entries.level is None

    @cached_property
    def top(self) -> str:
        """The title of the theme for what stands below nothing: that of the sheet, or the file's name."""
        grid, layout = self.sheets[0], self.layouts[0]
        above = [
            text_of(value)
            for number, row in grid.rows.items()
            if number < layout.headers[0]
            for value in row.values()
        ]
        title = next((text for text in above if 5 <= len(text) <= 120), "")
        return title or PurePath(self.name).stem.replace("_", " ").strip() or "Neues Themenfeld"

    @cached_property
    def _entries(self) -> Entries:
        reading = Reading(self.targets, self.depths, self.by_code)
        entries = Entries(reading)
        for grid, (rows, _skipped) in zip(self.sheets, self._rows, strict=True):
            theme = grid.name if self.are_several and Kind.THEME not in self.targets.values() else ""
            entries.read(Sheetful(rows, theme))
        return entries

    @cached_property
    def skipped(self) -> list[Skipped]:
        """Rows that are no part of the table, or name no entry."""
        nameless = [
            Skipped(row.number, " ".join(row.text(at) for at in sorted(row.cells))[:60], row.sheet)
            for row in self._entries.nameless
        ]
        return [*(each for _rows, skipped in self._rows for each in skipped), *nameless]

    @cached_property
    def _read(self) -> "_Read":
        """All of it, once more without each cell that the tree refuses."""
        left_out: dict[tuple[str, int, int], str] = {}
        for _round in range(_ROUNDS):
            read = _Read(self, left_out)
            more = dict(read.refused)
            if not more:
                break
            left_out |= more
        return read

    @property
    def conversion(self) -> Conversion:
        """What was read as what."""
        return self._read.conversion

    @property
    def placing(self) -> Placing:
        """Where the entries stand."""
        return self._read.placing

    @property
    def sheet(self) -> Sheet:
        """The list as a table of our own."""
        return self._read.sheet

    @property
    def plan(self) -> Plan:
        """What it would change."""
        return self._read.plan

    @cached_property
    def lost(self) -> list[Note]:
        """What is not taken over, by row."""
        notes = [note for note in self.conversion.notes if note.lost]
        nowhere = [
            Note(entry.row, 0, entry.code, lost=_("no entry has this code"), sheet=entry.sheet)
            for entry in self.placing.nowhere
        ]
        return sorted([*notes, *nowhere, *self._read.left_out], key=lambda note: (note.sheet, note.row))

    @cached_property
    def questions(self) -> list[Question]:
        """Names that nothing known has: spellings of the same name together."""
        by_field: dict[str, dict[str, int]] = {}
        for unknown, rows in self.conversion.unknown.items():
            by_field.setdefault(unknown.field, {})[unknown.text] = len(rows)
        labels = catalogue.labels()
        return [
            Question(
                name,
                labels[name],
                tuple(group),
                sum(counts[each] for each in group),
                self._proposal(name, group),
            )
            for name, counts in by_field.items()
            for group in clusters(counts)
        ]

    def _proposal(self, name: str, group: list[str]) -> str:
        is_new = name == "lead" and self.may_add and not is_person(group[0]) and len(group[0]) <= 120
        return catalogue.NEW + full_name(group[0]) if is_new else ""


class _Read:
    """One reading of a list, without cells that are left out (with the reason)."""

    def __init__(self, delivery: Delivery, left_out: Mapping[tuple[str, int, int], str]) -> None:
        self.delivery = delivery
        choices = delivery.choices
        self.conversion = Conversion(delivery.targets, delivery.headings, catalogue.fields(), delivery.names)
        self.conversion.left_out = set(left_out)
        texts = {(row.sheet, row.number): row for row in delivery.rows}
        self.left_out = [
            Note(row, at, texts[sheet, row].text(at) if (sheet, row) in texts else "", lost=says, sheet=sheet)
            for (sheet, row, at), says in left_out.items()
        ]
        converted = self.conversion.read(delivery._entries.entries)
        self.placing = Placing(
            delivery.tree, by_code=delivery.by_code, below=choices.get("below", ""), top=delivery.top
        )
        self.placing.place(converted)
        self.sheet = self.placing.sheet(_places(converted), delivery.departments)
        self.plan = plan_of(self.sheet)

    @property
    def refused(self) -> Iterable[tuple[tuple[str, int, int], str]]:
        """The cells that the tree does not take, and why; a title cannot be left out."""
        titles = {"theme", "guideline", "strategic_goal", "operational_goal", "measure"}
        for finding in self.plan.findings:
            match = _ADDRESS.fullmatch(finding.address)
            if match and self.delivery.targets.get(at := index_of(match["column"])) not in (
                titles | {"", None}
            ):
                yield (match["sheet"] or "", int(match["row"]), at), finding.says


def _places(all_converted: Iterable[Converted]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in all_converted:
        for name, at in each.columns.items():
            found.setdefault(name, at)
        if each.entry.column is not None:
            found.setdefault("title", each.entry.column)
    return found


def _is_table(grid: Grid) -> bool:
    return len(grid.rows) > 1 and any(len(row) > 1 for row in grid.rows.values())
