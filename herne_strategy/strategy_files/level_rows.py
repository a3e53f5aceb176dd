"""Nodes of a file as rows of their levels' tables, many at a time."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from herne_strategy.strategy_files import baseline
from herne_strategy.strategy_files.file_nodes import COMMON, FileNode
from herne_strategy.strategy_files.known_keys import Key, references, target_of
from strategy.tree.fields import Reference
from strategy.tree.levels import Level, level_of, levels
from strategy.tree.models import Node
from strategy.tree.review import Review

BATCH = 500


class NodeRows:
    """Writes nodes of a file. The rows that they refer to are read once, when the first is asked for."""

    def __init__(self, *, is_sample: bool = False) -> None:
        self.is_sample = is_sample
        self._pks: dict[Any, dict[Key, Any]] = {}

    def instance_of(self, node: FileNode) -> Node:
        """A new object of the node's level. `write_references` adds the rest once it is saved."""
        instance = level_of(node.kind).model(uid=uuid.UUID(node.uid), is_sample=self.is_sample)
        self._fill(instance, node)
        return instance

    def update(self, nodes: Iterable[FileNode]) -> None:
        """Make what existing nodes say, beside their place and their references, what the file says."""
        for level, group in _by_level(nodes):
            for batch in _batches(group):
                found = level.model.objects.in_bulk([uuid.UUID(node.uid) for node in batch], field_name="uid")
                for node in batch:
                    instance = found[uuid.UUID(node.uid)]
                    self._fill(instance, node)
                    instance.save()

    def _fill(self, instance: Node, node: FileNode) -> None:
        for name in COMMON:
            if name != "slug" or node.slug:
                setattr(instance, name, getattr(node, name))
        for name, value in node.values.items():
            setattr(instance, name, value)
        for field in references(level_of(node.kind).fields):
            if not field.is_many:
                key = next(iter(node.references[field.name]), None)
                setattr(instance, f"{field.name}_id", key and self._pk(field, type(instance), key))
        instance.loaded_digest = "" if self.is_sample else baseline.digest(node.statement())
        instance.review = Review.AGREED  # a file holds what was agreed
        instance.version += not instance._state.adding

    def write_references(self, nodes: Iterable[FileNode]) -> None:
        """Make the lists of rows that saved nodes refer to what the file says."""
        for level, group in _by_level(nodes):
            fields = [field for field in references(level.fields) if field.is_many]
            for batch in _batches(group) if fields else ():
                rows = level.model.objects.filter(uid__in=[uuid.UUID(node.uid) for node in batch])
                pks = {str(uid): pk for uid, pk in rows.values_list("uid", "pk")}
                for field in fields:
                    self._write_many(
                        field, level, [(pks[node.uid], node.references[field.name]) for node in batch]
                    )

    def _write_many(
        self, field: Reference, level: Level, wanted: Sequence[tuple[Any, tuple[Key, ...]]]
    ) -> None:
        relation: Any = level.model._meta.get_field(field.name)
        through, source, target = (
            relation.remote_field.through,
            relation.m2m_column_name(),
            relation.m2m_reverse_name(),
        )
        through.objects.filter(**{f"{source}__in": [pk for pk, _keys in wanted]}).delete()
        through.objects.bulk_create(
            [
                through(**{source: pk, target: self._pk(field, level.model, key)})
                for pk, keys in wanted
                for key in keys
            ],
            batch_size=BATCH,
        )

    def _pk(self, field: Reference, model: type[Node], key: Key) -> Any:
        target = target_of(field, model)
        if target not in self._pks:
            rows = target._default_manager.order_by().values_list(field.key, "pk")
            self._pks[target] = {row if isinstance(row, int) else str(row): pk for row, pk in rows}
        return self._pks[target][key]


def _by_level(nodes: Iterable[FileNode]) -> Iterator[tuple[Level, list[FileNode]]]:
    nodes = list(nodes)
    for level in levels():
        if group := [node for node in nodes if node.kind == level.kind]:
            yield level, group


def _batches(nodes: list[FileNode]) -> Iterator[list[FileNode]]:
    rest = iter(nodes)
    while batch := list(islice(rest, BATCH)):
        yield batch
