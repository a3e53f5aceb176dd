"""What a node says, as plain values by field: read from its row, compared, and written back.

The values are those of an edition's JSON, so that history, proposals, comparison and files say the same.
"""

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db import models

from strategy.document.data import Plain
from strategy.text.spaces import is_same_but_for_spaces
from strategy.tree.fields import COMMON, Field, FieldError
from strategy.tree.levels import level_of
from strategy.tree.models import Node
from strategy.tree.paths import TREE_FIELDS

Content = dict[str, Plain]

UNDECIDED = {"slug"}  # what the council does not decide on


def fields_of(kind: str) -> Iterator[Field]:
    """Every field that an editor or a file sets on a node of this kind, the common ones first."""
    yield from COMMON
    yield from (field for field in level_of(kind).fields if field.is_loaded)


def content_of(node: Node) -> Content:
    """What a node, as an object of its own level, says."""
    return {field.name: field.read(node) for field in fields_of(node.kind)}


def content_of_row(row: Mapping[str, Plain]) -> Content:
    """The same from a row of the working tree, or a node of an edition's data; what it lacks is left out."""
    values = {**row["values"], **{field.name: row[field.name] for field in COMMON}}
    return {field.name: values[field.name] for field in fields_of(row["kind"]) if field.name in values}


def completed(kind: str, kept: Mapping[str, Plain]) -> Content:
    """A whole content that was kept, such as in the history: in fields that the program has gained since, it says
    what a new node does.
    """
    new = level_of(kind).new_values
    return {field.name: kept.get(field.name, new.get(field.name, "")) for field in fields_of(kind)}


def differences(kind: str, old: Mapping[str, Plain], new: Mapping[str, Plain]) -> list[Field]:
    """The fields in which `new` says something else than `old`, a whole content. A renamed department is no
    difference.

    `new` may be a part, such as what is to be changed: what it lacks stays. `old` never is: one that was kept is
    `completed` first.
    """
    return [
        field
        for field in fields_of(kind)
        if field.name in new and _comparable(field, old[field.name]) != _comparable(field, new[field.name])
    ]


def reworded(kind: str, old: Mapping[str, Plain], new: Mapping[str, Plain]) -> list[Field]:
    """The differences that a reader can tell: a second space or a non-breaking one is none."""
    return [
        field
        for field in differences(kind, old, new)
        if not is_same_but_for_spaces(
            _comparable(field, old[field.name]), _comparable(field, new[field.name])
        )
    ]


def write(node: Node, content: Mapping[str, Plain]) -> None:
    """Make an existing node say this. ValidationError by field, nothing written, where it cannot."""
    many = fill(node, content)
    node.full_clean(exclude=[*TREE_FIELDS, "node_ptr"])
    node.save()
    for name, rows in many.items():
        getattr(node, name).set(rows)
    node.__dict__.pop("_attached", None)


def fill(node: Node, content: Mapping[str, Plain]) -> dict[str, list[models.Model]]:
    """Set these fields on an object that is not saved here; returns the lists of rows to be set afterwards."""
    many: dict[str, list[models.Model]] = {}
    wrong: dict[str, str] = {}
    for field in fields_of(node.kind):
        if field.name not in content:
            continue
        try:
            value = field.parse(field.raw(content[field.name]), type(node))
        except FieldError as error:
            wrong[field.name] = str(error)
            continue
        if field.is_many:
            many[field.name] = value
        else:
            setattr(node, field.name, value)
    if wrong:
        raise ValidationError(wrong)
    return many


def _comparable(field: Field, value: Plain) -> Plain:
    raw = field.raw(value)
    return sorted(raw, key=str) if field.is_many else raw
