"""Writing a file's lists beside its nodes: new rows are created, others kept or overwritten, none deleted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from council.models import Consultation, Paper
from herne_strategy.strategy_files.file_rows import (
    CONSULTATIONS,
    DEPARTMENTS,
    DISTRICTS,
    EDITION,
    PAPERS,
    SDGS,
    STRATEGY,
    FileRow,
    Table,
)
from herne_strategy.strategy_files.strategy_file import StrategyFile
from measures.models import Department, District
from strategy.models import PublicState, Strategy


class RowLoading:
    """One loading of a file's lists. A row that is there and says something else is left alone.

    `changes` says in German sentences what is new or changed, `left` with their lines what was left alone.
    With `overwrite`, a row that is there takes what the file says.
    """

    def __init__(self, *, overwrite: bool = False) -> None:
        self.overwrite = overwrite
        self.changes: list[str] = []
        self.left: list[tuple[int, str]] = []

    def write(self, file: StrategyFile) -> None:
        """Write all lists of a strategy file, and its title page."""
        self._write(SDGS, file.sdgs)
        self._write_districts(file.districts)
        self._write_papers(file.papers)
        self.write_departments(file.departments)
        self._write_title_page(file.strategy, file.edition)

    def write_departments(self, rows: Sequence[FileRow], *, is_sample: bool = False) -> None:
        """Departments, whose names and addresses are public at once."""
        before = len(self.changes)
        own = [_without_successor(row) for row in rows]
        new = self._create(DEPARTMENTS, own, is_sample=is_sample)
        ids = dict(Department.objects.values_list("key", "pk"))
        for row, values in zip(rows, (dict(row.values) for row in own), strict=True):
            if "successor" in row.values:
                values["successor_id"] = ids.get(row.values["successor"])
            if row.values["key"] in new:
                Department.objects.filter(key=row.values["key"]).update(**values)
            else:
                self._settle(DEPARTMENTS, row.line, Department.objects.get(key=row.values["key"]), values)
        if len(self.changes) > before:
            PublicState.objects.raise_revision()

    def _write_districts(self, rows: Iterable[FileRow]) -> None:
        position = District.objects.aggregate(last=models.Max("position"))["last"] or 0
        for row in rows:
            position += 1
            self._write(DISTRICTS, [row], position=position)

    def _write_papers(self, rows: Sequence[FileRow]) -> None:
        new = self._create(PAPERS, rows)
        for row in rows:
            paper = Paper.objects.get(reference=row.values["reference"])
            names = _differences(paper, row.values)
            if row.consultations is not None and _way(paper.consultations.all()) != _way(_wanted(paper, row)):
                names.append("consultations")
            if paper.reference in new or (names and self._takes(_label(PAPERS, paper), PAPERS, row, names)):
                _set(paper, row.values)
                if "consultations" in names:
                    paper.consultations.all().delete()
                    for each in _wanted(paper, row):
                        each.save()

    def _write_title_page(self, strategy: FileRow | None, edition: FileRow | None) -> None:
        """The title page, and what the next edition says about itself. Where only empty values differ, they
        take the file's."""
        page = Strategy.current()
        is_new = page._state.adding
        for row, table, label in ((strategy, STRATEGY, "Titelblatt"), (edition, EDITION, "Nächste Fassung")):
            kept = {table.kept_as.get(name, name): name for name in row.values} if row else {}
            values = {field: row.values[name] for field, name in kept.items()} if row else {}
            names = _differences(page, values)
            is_filled = any(getattr(page, name) for name in names)
            if row and names and self._takes(
                label, table, row, [kept[name] for name in names], is_free=is_new or not is_filled
            ):
                _set(page, values)

    def _write(self, table: Table, rows: Sequence[FileRow], **if_new: Any) -> None:
        new = self._create(table, rows, **if_new)
        ...

    def _create(self, table: Table, rows: Iterable[FileRow], **if_new: Any) -> set[Any]:
        """Create those rows whose key is not there yet. Returns their keys."""
        ...
