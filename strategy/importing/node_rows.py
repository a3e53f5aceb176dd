"""Nodes of an import as rows of their levels' tables, many at a time."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from strategy.document.data import Plain
from strategy.tree.content import fields_of
from strategy.tree.levels import Level, level_of, levels
from strategy.tree.models import Node
from strategy.tree.reference_fields import Reference
from strategy.tree.references import loaded_references, target_of

BATCH = 500
Key = str | int


@dataclass(frozen=True)
class NodeWrite:
    """What is to be written of a node: values of its model, and keys of the rows that it names, by field.

    `marks` are values that are no content, such as the review state. What is not named stays as it is.
    """

    uid: str
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    marks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_content(self) -> bool:
        """Whether the node is to say something else."""
        return bool(self.values or self.keys)

    @classmethod
    def of_content(cls, uid: str, kind: str, content: Mapping[str, Plain], **marks: Any) -> "NodeWrite":
        """The same from plain values by field, which fit their fields."""
        values, keys = {}, {}
        for each in fields_of(kind):
            if each.name in content:
                raw = each.raw(content[each.name])
                if isinstance(each, Reference):
                    keys[each.name] = tuple(raw) if each.is_many else () if raw is None else (raw,)
                else:
                    values[each.name] = each.parse(raw, level_of(kind).model)
        return cls(uid, kind, values, keys, marks)


class NodeRows:
    """Writes nodes. The rows that they refer to are read once, when the first is asked for."""

    def __init__(self) -> None:
        self._pks: dict[Any, dict[Key, Any]] = {}

    def instance_of(self, node: NodeWrite) -> Node:
        """A new object of the node's level. `write_references` adds the rest once it is saved."""
        instance = level_of(node.kind).model(uid=uuid.UUID(node.uid))
        self._fill(instance, node)
        return instance

    def update(self, nodes: Sequence[NodeWrite]) -> None:
        """Make what existing nodes say, beside their place and their lists of references, what is to be written."""
        _free_addresses(nodes)
        _update_marks([node for node in nodes if not node.has_content])
        for level, batch in _batches([node for node in nodes if node.has_content]):
            stored = level.model.objects.in_bulk([uuid.UUID(node.uid) for node in batch], field_name="uid")
            for node in batch:
                instance = stored[uuid.UUID(node.uid)]
                names = self._fill(instance, node)
                instance.version += 1
                instance.save(update_fields=[*names, "version"])

    def _fill(self, instance: Node, node: NodeWrite) -> list[str]:
        """Set the values of an object; returns the names of its fields that were set."""
        values = {**node.values, **node.marks}
        for each in loaded_references(level_of(node.kind).fields):
            if not each.is_many and each.name in node.keys:
                key = next(iter(node.keys[each.name]), None)
                values[f"{each.name}_id"] = None if key is None else self._pk(each, type(instance), key)
        for name, value in values.items():
            setattr(instance, name, value)
        return list(values)

    def write_references(self, nodes: Iterable[NodeWrite]) -> None:
        """Make the lists of rows that saved nodes refer to what is to be written."""
        for level, batch in _batches([node for node in nodes if node.keys]):
            for each in loaded_references(level.fields):
                wanted = {
                    uuid.UUID(node.uid): node.keys[each.name] for node in batch if each.name in node.keys
                }
                if each.is_many and wanted:
                    self._write_many(each, level, wanted)

    def _write_many(
        self, reference: Reference, level: Level, wanted: Mapping[uuid.UUID, tuple[Key, ...]]
    ) -> None:
        relation: Any = level.model._meta.get_field(reference.name)
        through, source, target = (
            relation.remote_field.through,
            relation.m2m_column_name(),
            relation.m2m_reverse_name(),
        )
        pks = dict(level.model.objects.order_by().filter(uid__in=list(wanted)).values_list("uid", "pk"))
        through.objects.filter(**{f"{source}__in": list(pks.values())}).delete()
        through.objects.bulk_create(
            [
                through(**{source: pks[uid], target: self._pk(reference, level.model, key)})
                for uid, keys in wanted.items()
                for key in keys
            ],
            batch_size=BATCH,
        )

    def _pk(self, reference: Reference, model: type[Node], key: Key) -> Any:
        target = target_of(reference, model)
        if target not in self._pks:
            rows = target._default_manager.order_by().values_list(reference.key, "pk")
            self._pks[target] = {row if isinstance(row, int) else str(row): pk for row, pk in rows}
        return self._pks[target][key]


def _update_marks(nodes: Sequence[NodeWrite]) -> None:
    """Write the marks of nodes that say the same as before: a query for all that get the same."""
    pairs = [(tuple(sorted(node.marks.items())), uuid.UUID(node.uid)) for node in nodes]
    for marks in {marks for marks, _uid in pairs}:
        uids = [uid for each, uid in pairs if each == marks]
        for start in range(0, len(uids), BATCH):
            Node.objects.order_by().filter(uid__in=uids[start : start + BATCH]).update(**dict(marks))


def _free_addresses(nodes: Iterable[NodeWrite]) -> None:
    """Have no node that gets an address keep its own, which another one may get. A "~" is in no address."""
    uids = [uuid.UUID(node.uid) for node in nodes if "slug" in node.values]
    for start in range(0, len(uids), BATCH):
        there = Node.objects.order_by().filter(uid__in=uids[start : start + BATCH])
        there.update(slug=Concat(Value("~"), Cast("pk", CharField())))


def _batches(nodes: Sequence[NodeWrite]) -> Iterator[tuple[Level, list[NodeWrite]]]:
    """At most so many nodes of one level at a time."""
    for level in levels():
        rest = iter([node for node in nodes if node.kind == level.kind])
        while batch := list(islice(rest, BATCH)):
            yield level, batch


def nodes_of(kinds: Mapping[str, str]) -> dict[str, Any]:
    """These nodes (levels by uid) as objects of their levels, all that their fields refer to at hand."""
    objects: dict[str, Any] = {}
    for level in levels():
        uids = [uid for uid, kind in kinds.items() if kind == level.kind]
        rows = [
            row
            for start in range(0, len(uids), BATCH)
            for row in level.model.objects.filter(uid__in=uids[start : start + BATCH])
        ]
        for each in level.fields if rows else ():
            if isinstance(each, Reference):
                each.attach(rows)
        objects |= {str(row.uid): row for row in rows}
    return objects
