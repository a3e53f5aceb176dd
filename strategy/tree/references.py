"""What nodes refer to: which name others of the tree, and what of it is still there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from strategy.document.data import Plain
from strategy.tree.content import Content, fields_of
from strategy.tree.fields import Field
from strategy.tree.levels import Level, level_of, levels
from strategy.tree.models import Node
from strategy.tree.reference_fields import Reference, References


@dataclass(frozen=True)
class Naming:
    """A node that names others in one of its fields: a goal, say, the themes that it also serves."""

    node: Node
    field: References
    uids: Collection[str]

    @property
    def content_without(self) -> Content:
        """What the field says without these."""
        return {self.field.name: [each for each in self._named if each["key"] not in self.uids]}

    @property
    def _named(self) -> list[dict[str, Plain]]:
        return list(self.field.read(self.node))


def naming(gone: Iterable[Node]) -> list[Naming]:
    """Which other nodes name one of these, in the order of the tree. A query a field, and one a node that does."""
    uids = {node.pk: str(node.uid) for node in gone}
    namings = [
        Naming(node, field, uids.values())
        for level, field in _fields_that_name()
        for node in _rows(level, field, uids)
    ]
    return sorted(namings, key=lambda each: each.node.path)


def _rows(level: Level, field: References, uids: Mapping[int, str]) -> list[Node]:
    named = target_of(field, level.model).objects.order_by().filter(pk__in=list(uids))
    rows: Any = level.model.objects.filter(**{f"{field.name}__in": named}).distinct()
    return [row for row in rows if row.pk not in uids]


def _fields_that_name() -> Iterator[tuple[Level, References]]:
    for level in levels():
        for field in level.fields:
            if isinstance(field, References) and issubclass(target_of(field, level.model), Node):
                yield level, field


def names_nodes(kind: str) -> list[References]:
    """The fields of this kind in which a node names others."""
    return [field for level, field in _fields_that_name() if level.kind == kind]


class Targets:
    """What nodes can refer to: the keys of the rows that are there. Read once each."""

    def __init__(self, returning: Collection[str] = ()) -> None:
        """`returning` are the uids of nodes that are about to come back: they count as there."""
        self._returning = set(returning)
        self._keys: dict[tuple[str, str], set[str]] = {}

    def left(self, kind: str, content: Mapping[str, Plain]) -> tuple[Content, list[str]]:
        """The content without what it refers to and is gone, such as a department; and the names of that."""
        left, gone = dict(content), []
        for field in fields_of(kind):
            if not isinstance(field, Reference) or not left.get(field.name):
                continue
            value: Plain = left[field.name]
            named = value if field.is_many else [value]
            there = [each for each in named if str(each["key"]) in self._known(kind, field)]
            gone += [str(each["name"]) for each in named if each not in there]
            left[field.name] = there if field.is_many else next(iter(there), None)
        return left, gone

    def _known(self, kind: str, field: Reference) -> set[str]:
        if (kind, field.name) not in self._keys:
            rows = target_of(field, level_of(kind).model).objects.order_by()
            self._keys[kind, field.name] = set(map(str, rows.values_list(field.key, flat=True)))
        return self._keys[kind, field.name] | self._returning


def loaded_references(fields: Iterable[Field]) -> list[Reference]:
    """Those fields that refer to rows of another table, and that a file may set."""
    return [field for field in fields if isinstance(field, Reference) and field.is_loaded]


def target_of(field: Field, model: type[models.Model]) -> Any:
    """The model that a field of this model refers to."""
    return model._meta.get_field(field.name).related_model
