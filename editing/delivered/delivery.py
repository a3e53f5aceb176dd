"""A file that a city delivered, as it is read: with what was proposed, and with what somebody has chosen instead."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from editing.delivered import catalogue
from editing.delivered.cells.numbering import codes_of
from editing.delivered.cells.words import key
from editing.delivered.columns import NUMBER, Proposals
from editing.delivered.conversion import Conversion, Converted, Note
from editing.delivered.delivered_list import DeliveredList
from editing.delivered.entries import Entries, Reading, Sheetful, depths_of
from editing.delivered.layout import Skipped
from editing.delivered.placing import Placing, title_key
from editing.tables.columns import index_of
from editing.tables.grid import text_of
from editing.tables.plan import MAX_CHANGES, Plan, plan_of
from editing.tables.sheet import Sheet
from strategy.importing.tree_state import TreeState
from strategy.tree.kinds import Kind

_ADDRESS = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>\d+)")
_ROUNDS = 4  # in which cells are left out that the tree refuses


class Delivery(DeliveredList):
    """Reads a file with the choices of a person; what they have not chosen is proposed. Choices are plain JSON:
    `sheet`, `header`, `last`, `targets` (by column), `by_code`, `depths`, `below`, `answers` (by field, spelling)."""

    def __init__(
        self, content: bytes, *, name: str, choices: Mapping[str, Any], may_add: bool = True
    ) -> None:
        super().__init__(content, choices)
        self.name, self.may_add = name, may_add

    @cached_property
    def tree(self) -> TreeState:
        """The working tree."""
        return TreeState.now()

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
        return self.codes or [code for rows, _skipped in self.by_sheet for code in entries.codes(rows)]

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
        for grid, (rows, _skipped) in zip(self.sheets, self.by_sheet, strict=True):
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
        return [*(each for _rows, skipped in self.by_sheet for each in skipped), *nameless]

    @cached_property
    def _read(self) -> "_Read":
        """All of it, once more without each cell that the tree refuses."""
        left_out: dict[tuple[str, int, int], str] = {}
        for _round in range(_ROUNDS):
            read = _Read(self, left_out)
            more = dict(read.refused)
            if not more or len(read.sheet.rows) > MAX_CHANGES:
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
