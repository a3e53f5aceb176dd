"""The list in a file: which sheets are read, where the table lies in them, its columns and rows. As proposed, or as
somebody has chosen."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any, Self

from django.utils.translation import gettext as _

from editing.delivered.cells.headings import known
from editing.delivered.cells.words import key
from editing.delivered.columns import Column, columns_of
from editing.delivered.files import read_grids
from editing.delivered.layout import Layout, Row, Skipped, headings, layout_at, layout_of, rows_of
from editing.tables.findings import TableError
from editing.tables.grid import Grid

ALL_SHEETS = "*"
MAX_COLUMNS = 60  # that a page can show, each with all that it can be


class DeliveredList:
    """Finds the list in a file. `choices` may hold `sheet`, `header` and `last`."""

    def __init__(self, content: bytes, choices: Mapping[str, Any]) -> None:
        self.choices = dict(choices)
        self.grids = read_grids(content)
        self._layouts: dict[int, Layout] = {}
        if not any(_is_table(grid) for grid in self.grids):
            raise TableError(
                _("The file holds no table: at least two columns with headings, and a row below them.")
            )

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

    def checked(self) -> Self:
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
        """The headings of the columns, as many as are read."""
        return dict(islice(self._all_headings.items(), MAX_COLUMNS))

    @cached_property
    def _all_headings(self) -> dict[int, str]:
        return headings(self.sheets[0], self.layouts[0])

    @property
    def unread_columns(self) -> int:
        """How many columns more the list has than are read."""
        return len(self._all_headings) - len(self.headings)

    @cached_property
    def by_sheet(self) -> list[tuple[list[Row], list[Skipped]]]:
        """The rows of each sheet, and those of it that are no part of the table."""
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
        return [row for rows, _skipped in self.by_sheet for row in rows]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns, with what stands in them."""
        return columns_of(self.headings, self.rows)


def _is_table(grid: Grid) -> bool:
    return len(grid.rows) > 1 and any(len(row) > 1 for row in grid.rows.values())
