"""Writing a file's lists beside its nodes: rows are created or updated by their key, never deleted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from council.models import Consultation, Paper
from herne_strategy.strategy_files.file_rows import (
    CONSULTATIONS,
    DEPARTMENTS,
    DISTRICTS,
    EDITION_FIELDS,
    PAPERS,
    SDGS,
    FileRow,
    Table,
)
from measures.models import Department, District
from strategy.models import PublicState, Strategy


def write_lists(
    *, papers: Iterable[FileRow], sdgs: Iterable[FileRow], districts: Iterable[FileRow]
) -> list[str]:
    """Papers, SDGs and districts. Returns a German sentence for each row that is new or changed."""
    changes = _write(SDGS, sdgs)
    position = District.objects.aggregate(last=models.Max("position"))["last"] or 0
    for row in districts:
        position += 1
        changes += _write(DISTRICTS, [row], if_new={"position": position})
    changes += _write(PAPERS, papers)
    for row in papers:
        changes += _write_consultations(row)
    return changes


def write_departments(rows: Iterable[FileRow], *, is_sample: bool = False) -> list[str]:
    """Departments, whose names and addresses are public at once. Returns what changed, as `write_lists`."""
    rows = list(rows)
    own = [_without_successor(row) for row in rows]
    changes = _write(DEPARTMENTS, own, if_new={"is_sample": is_sample})
    ids = dict(Department.objects.values_list("key", "pk"))
    for row in rows:
        if "successor" in row.values:
            successor = row.values["successor"]
            values = {"key": row.values["key"], "successor_id": ids[successor] if successor else None}
            changes += _write(DEPARTMENTS, [FileRow(row.line, values)])
    if changes:
        PublicState.objects.raise_revision()
    return changes


def write_title_page(strategy: FileRow | None, edition: FileRow | None) -> list[str]:
    """The title page, and what the next edition says about itself."""
    page = Strategy.current()
    values = dict(strategy.values) if strategy else {}
    values |= {EDITION_FIELDS[name]: value for name, value in (edition.values if edition else {}).items()}
    is_new, changed = page._state.adding, _set(page, values)
    if not values or not (is_new or changed):
        return []
    page.save()
    return ["Titelblatt: neu" if is_new else f"Titelblatt: geändert ({', '.join(changed)})"]


def _without_successor(row: FileRow) -> FileRow:
    return FileRow(row.line, {name: value for name, value in row.values.items() if name != "successor"})


def _write(table: Table, rows: Iterable[FileRow], if_new: Mapping[str, Any] | None = None) -> list[str]:
    changes = []
    present = {getattr(row, table.key): row for row in table.model._default_manager.all()}
    for row in rows:
        key = row.values[table.key]
        instance = present.get(key)
        if instance is None:
            table.model(**{**(if_new or {}), **row.values}).save(force_insert=True)
            changes.append(f"{table.name} „{key}“: neu")
        elif changed := _set(instance, row.values):
            instance.save()
            changes.append(f"{table.name} „{key}“: geändert ({', '.join(changed)})")
    return changes


def _set(instance: models.Model, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(instance, name) != value]
    for name in changed:
        setattr(instance, name, values[name])
    return [name.removesuffix("_id") for name in changed]


def _write_consultations(row: FileRow) -> list[str]:
    if row.consultations is None:
        return []
    paper = Paper.objects.get(reference=row.values["reference"])
    names = [field.name for field in CONSULTATIONS.fields]
    wanted = [Consultation(paper=paper, **each.values) for each in row.consultations]
    wanted.sort(key=lambda each: each.held_on)
    there = [tuple(getattr(each, name) for name in names) for each in paper.consultations.all()]
    if there == [tuple(getattr(each, name) for name in names) for each in wanted]:
        return []
    paper.consultations.all().delete()
    for each in wanted:
        each.save()
    return [f"Vorlage „{paper.reference}“: Beratungsfolge {'ersetzt' if there else 'neu'}"]
