"""Writing a file's lists beside its nodes: new rows are created, others kept or overwritten, none deleted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from council.bodies import Body
from council.consultations import Consultation
from council.papers import Paper
from herne_strategy.strategy_files.file_lists import (
    BODIES,
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
from herne_strategy.strategy_files.strategy_yaml import FileFindings
from measures.models import Department, District
from strategy.editions.models import Strategy
from strategy.editions.public_rows import is_public, write


class RowLoading:
    """One loading of a file's lists. A row that is there and says something else is left alone.

    `changes` are German sentences on what is new or changed, `left` those on what was left alone, each with
    its line. With `overwrite`, a row that is there takes what the file says.
    """

    def __init__(self, *, overwrite: bool = False) -> None:
        self.overwrite = overwrite
        self.changes: list[str] = []
        self.left: list[tuple[int, str]] = []

    def write(self, file: StrategyFile) -> None:
        """Write all lists of a strategy file, and its title page."""
        self._write(SDGS, file.sdgs)
        self._write_districts(file.districts)
        self._write_council(file)
        self.write_departments(file.departments)
        self._write_title_page(file.strategy, file.edition)

    def write_departments(self, rows: Sequence[FileRow], *, is_sample: bool = False) -> None:
        """Departments, whose names and addresses are public at once."""
        for row in _successors_first(rows):
            values = dict(row.values)
            if "successor" in values:
                values["successor"] = Department.objects.filter(key=values["successor"]).first()
            self._write(DEPARTMENTS, [replace(row, values=values)], is_sample=is_sample)

    def _write_districts(self, rows: Iterable[FileRow]) -> None:
        position = District.objects.aggregate(last=models.Max("position"))["last"] or 0
        for row in rows:
            position += 1
            self._write(DISTRICTS, [row], position=position)

    def _write_council(self, file: StrategyFile) -> None:
        """Bodies and papers, which are public at once. FileError where a paper's consultations cannot be."""
        self._write_bodies(file.bodies)
        findings = FileFindings(file.name)
        for paper in file.papers:
            try:
                self._write(PAPERS, [paper])
            except ValidationError as error:
                findings.add(paper.line, " ".join(error.messages))
        findings.stop()

    def _write_bodies(self, rows: Iterable[FileRow]) -> None:
        districts = {district.key: district for district in District.objects.all()}
        for row in rows:
            district = districts.get(row.values.get("district", ""))
            self._write(BODIES, [replace(row, values={**row.values, "district": district})])

    def _write_title_page(self, strategy: FileRow | None, edition: FileRow | None) -> None:
        """The title page, and what the next edition says about itself. Empty values take the file's, as long
        as no other one differs."""
        page = Strategy.current()
        is_new = page._state.adding
        for given, table in ((strategy, STRATEGY), (edition, EDITION)):
            if given:
                values = {table.kept_as.get(name, name): value for name, value in given.values.items()}
                row = replace(given, values=values)
                if any(getattr(page, name) for name in _differences(page, row)):
                    self._settle(_TITLES[table.name], table, row, page)
                elif names := _differences(page, row):
                    _store(page, row)
                    self.changes += [] if is_new else [_changed(_TITLES[table.name], table, names)]
        if is_new and not page._state.adding:
            self.changes.append("Titelblatt: neu")

    def _write(self, table: Table, rows: Iterable[FileRow], **if_new: Any) -> None:
        present = {getattr(row, table.key): row for row in table.model._default_manager.all()}
        for row in rows:
            key = row.values[table.key]
            label = f"{table.name} „{key}“"
            if key in present:
                self._settle(label, table, row, present[key])
            else:
                _store(table.model(**if_new), row)
                self.changes.append(f"{label}: neu")

    def _settle(self, label: str, table: Table, row: FileRow, instance: models.Model) -> None:
        """Leave alone a row of the database that differs, or make it what the file says."""
        names = _differences(instance, row)
        if names and isinstance(instance, Paper) and instance.is_submitted:
            self.left.append(
                (row.line, f"{label} liegt mit einer Fassung dem Rat vor und bleibt, wie sie ist.")
            )
        elif names and self.overwrite:
            _store(instance, row)
            self.changes.append(_changed(label, table, names))
        elif names:
            self.left.append(
                (
                    row.line,
                    f"{label} ist in der Datenbank anders (abweichend: {_as_in_file(table, names)}) und bleibt, "
                    f"wie {table.pronoun} ist; --overwrite übernimmt die Datei.",
                )
            )


_TITLES = {"strategy": "Titelblatt", "edition": "Nächste Fassung"}


def _successors_first(rows: Sequence[FileRow]) -> Iterator[FileRow]:
    """These departments, each after its successor. None succeeds itself: the file was checked."""
    waiting = {row.values["key"]: row for row in rows}
    for row in rows:
        chain = []
        key = row.values["key"]
        while key in waiting:
            chain.append(waiting.pop(key))
            key = chain[-1].values.get("successor")
        yield from reversed(chain)


def _changed(label: str, table: Table, names: list[str]) -> str:
    return f"{label}: geändert ({_as_in_file(table, names)})"


def _as_in_file(table: Table, names: list[str]) -> str:
    keys = {kept: name for name, kept in table.kept_as.items()}
    return ", ".join(keys.get(name, name) for name in names)


def _differences(instance: Any, row: FileRow) -> list[str]:
    """The names of what a row of the database says otherwise than the file."""
    names = _other_values(instance, row)
    if row.consultations is not None:
        there = [_consultation(each) for each in instance.consultations.all()]
        if there != [_consultation(each) for each in _consultations(instance, row)]:
            names.append("consultations")
    return names


def _other_values(instance: Any, row: FileRow) -> list[str]:
    return [name for name, value in row.values.items() if getattr(instance, name) != value]


def _store(instance: Any, row: FileRow) -> None:
    """Make a row of the database what the file says. What the file does not say is not written."""
    names = _other_values(instance, row)
    for name in names:
        setattr(instance, name, row.values[name])
    if isinstance(instance, Paper):
        instance.validate_constraints()
    if not is_public(type(instance)):
        instance.save(update_fields=None if instance._state.adding else names)
    elif row.consultations is not None:
        _store_paper(instance, row)
    else:
        write(save=[instance], fields=None if instance._state.adding else names)


def _store_paper(paper: Any, row: FileRow) -> None:
    """Make a paper's consultations those of the file. What was resolved stays, also where the file lacks it."""
    there = {} if paper._state.adding else {_held(each): each for each in paper.consultations.all()}
    consultations = _consultations(paper, row)
    for each in consultations:
        if kept := there.pop(_held(each), None):
            each.pk = kept.pk
    gone = [each for each in there.values() if not hasattr(each, "resolution")]
    write(save=[paper, *consultations], delete=gone)


def _held(consultation: Consultation) -> tuple[int, Any]:
    return consultation.body_id, consultation.held_on


def _consultations(paper: Any, row: FileRow) -> list[Consultation]:
    bodies = {body.key: body for body in Body.objects.all()}
    wanted = [
        Consultation(paper=paper, **{**each.values, "body": bodies[each.values["body"]]})
        for each in row.consultations or ()
    ]
    return sorted(wanted, key=lambda each: (each.held_on, each.is_authoritative))


def _consultation(consultation: Consultation) -> tuple[Any, ...]:
    return tuple(getattr(consultation, field.name) for field in CONSULTATIONS.fields)
