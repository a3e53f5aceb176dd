"""What a list can name and fill: the fields of all levels, and the rows and choices that they take."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst

from editing.delivered.cell_reader import ALIASES, Fields
from editing.delivered.cells.names import Named, Names
from editing.delivered.columns import LEVELS
from editing.tables.cells import words_of
from editing.tables.columns import Column, columns, fields_by_name
from measures.models import Department
from strategy.text.slugs import next_slug, slug_base
from strategy.tree.fields import Choice
from strategy.tree.levels import level_of
from strategy.tree.reference_fields import Reference

NEW = "+"  # before the name of a department that is to be made
NOT_READ = {"title", "slug"}  # titles are columns of their levels; addresses are made of them


def field_columns() -> list[Column]:
    """The columns of our own tables that a list can fill, by their fields."""
    return [column for column in columns() if column.fields and column.key not in NOT_READ]


def labels() -> dict[str, str]:
    """What each field is called in its form."""
    found = {}
    for column in field_columns():
        kind, field = column.fields[0]
        found[column.key] = capfirst(str(level_of(kind).model._meta.get_field(field.name).verbose_name))  # type: ignore[union-attr]
    return found


def fields() -> Fields:
    """The fields of all levels."""
    return Fields(
        {column.key: column.fields[0][1].kind for column in field_columns()},
        {column.key: str(column.fields[0][1].label) for column in field_columns()},
        {kind: frozenset(fields_by_name(kind)) - NOT_READ for kind in LEVELS},
    )


def names(answers: Mapping[str, Mapping[str, str]], new: Sequence[Department] = ()) -> dict[str, Names]:
    """What can be named in each field that names rows or has choices. `answers` are decided spellings, by field."""
    found = {}
    for column in field_columns():
        kind, field = column.fields[0]
        model: Any = level_of(kind).model
        if isinstance(field, Reference):
            target: Any = model._meta.get_field(field.name).related_model
            rows = [*target.objects.all(), *(row for row in new if isinstance(row, target))]
            named = [_named(field, row) for row in rows]
        elif isinstance(field, Choice):
            aliases = ALIASES.get(field.name, {})
            named = [Named(key, word, aliases.get(key, ())) for key, word in words_of(field, model).items()]
        else:
            continue
        found[field.name] = Names(named, _keys_of(answers.get(field.name, {}), new))
    return found


def _named(field: Reference, row: Any) -> Named:
    plain = field.plain(row)
    title = str(getattr(row, "name", "") or getattr(row, "title", ""))
    aliases = [title.removeprefix("Beispiel: ")]
    if field.name == "sdgs":
        aliases += [f"SDG {row.number}", row.long_title]
    if plain["key"] == "stadtweit":
        aliases += [
            "gesamte Stadt",
            "gesamtes Stadtgebiet",
            "Gesamtstadt",
            "stadtgebiet",
            "alle",
            "alle Stadtbezirke",
        ]
        aliases += ["ganz Herne", "Herne", "stadtweit", "gesamtstädtisch", "Stadt gesamt", "ganze Stadt"]
    return Named(str(plain["key"]), title, tuple(aliases))


def _keys_of(answers: Mapping[str, str], new: Sequence[Department]) -> dict[str, str]:
    by_name = {row.name: row.key for row in new}
    return {
        said: by_name.get(answer.removeprefix(NEW), "") if answer.startswith(NEW) else answer
        for said, answer in answers.items()
    }


def new_departments(answers: Mapping[str, Mapping[str, str]]) -> list[Department]:
    """The departments that are to be made, as somebody has decided, each with a key that nobody has."""
    wanted = dict.fromkeys(
        answer.removeprefix(NEW) for answer in answers.get("lead", {}).values() if answer.startswith(NEW)
    )
    taken = set(Department.objects.values_list("key", flat=True)) if wanted else set()
    found = []
    for name in wanted:
        key = next_slug(slug_base(name)[:55].strip("-"), taken)[0]
        taken.add(key)
        found.append(Department(key=key, name=name[:200]))
    return found
