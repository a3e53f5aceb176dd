"""The kinds of field that refer to rows of other tables, by keys that stay."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects

from strategy.document.data import Plain
from strategy.tree.fields import Field, FieldError


@dataclass(frozen=True)
class Reference(Field):
    """A row of another table by its stable key: in an edition {"key", "name"}."""

    kind = "reference"
    key: str = "key"
    name_of: Callable[[Any], str] = str

    def read(self, node: models.Model) -> Plain:
        target = getattr(node, self.name)
        return self.plain(target) if target else None

    def targets(self, node: models.Model) -> list[models.Model]:
        """The rows that it refers to."""
        target = getattr(node, self.name)
        return [target] if target else []

    def attach(self, nodes: Sequence[models.Model]) -> None:
        """Have at hand what these nodes (of one level, at least one) refer to."""
        prefetch_related_objects(nodes, self.name)

    def plain(self, target: models.Model) -> Plain:
        """A row as an edition names it: {"key", "name"}."""
        key = getattr(target, self.key)
        return {"key": key if isinstance(key, int) else str(key), "name": self.name_of(target)}

    def raw(self, value: Plain) -> Any:
        return value["key"] if value else None

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        return None if raw is None else self.find([raw], model)[0]

    def find(self, keys: Sequence[object], model: type[models.Model]) -> list[models.Model]:
        """The rows with these keys, in this order."""
        target: Any = model._meta.get_field(self.name).related_model
        rows = {str(getattr(row, self.key)): row for row in target.objects.all()}
        for key in keys:
            if str(key) not in rows:
                raise FieldError(f"„{key}“ ist nicht bekannt ({target._meta.verbose_name}).")
        return [rows[str(key)] for key in keys]

    def sample_keys(self, model: type[models.Model]) -> set[str | int]:
        """The keys of those rows that it could refer to and that are sample data."""
        target: Any = model._meta.get_field(self.name).related_model
        if not any(field.name == "is_sample" for field in target._meta.fields):
            return set()
        return {self.plain(row)["key"] for row in target.objects.filter(is_sample=True)}

    def lines(self, value: Plain) -> list[str]:
        return [value["name"]] if value else []


@dataclass(frozen=True)
class References(Reference):
    """Several rows of another table, in the order of that table: in an edition a list of {"key", "name"}."""

    template: str = "list"
    kind = "references"
    is_many = True

    def targets(self, node: models.Model) -> list[models.Model]:
        attached = getattr(node, "_attached", {})
        return attached[self.name] if self.name in attached else list(getattr(node, self.name).all())

    def attach(self, nodes: Sequence[models.Model]) -> None:
        """Two queries, and rows shared by all nodes: Django's prefetching would take half of a freeze."""
        field: Any = nodes[0]._meta.get_field(self.name)
        rows = {row.pk: row for row in field.related_model.objects.all()}
        order = {pk: place for place, pk in enumerate(rows)}
        named: dict[int, list[int]] = defaultdict(list)
        source_name = field.m2m_column_name()
        pairs = field.remote_field.through.objects.values_list(source_name, field.m2m_reverse_name())
        if len(nodes) <= 500:  # not all that there are, as a rule; more would be too long a statement
            pairs = pairs.filter(**{f"{source_name}__in": [node.pk for node in nodes]})
        for source, target in pairs:
            named[source].append(target)
        for node in nodes:
            targets = [rows[pk] for pk in sorted(named[node.pk], key=order.__getitem__)]
            node.__dict__.setdefault("_attached", {})[self.name] = targets

    def read(self, node: models.Model) -> Plain:
        return [self.plain(target) for target in self.targets(node)]

    def raw(self, value: Plain) -> Any:
        return [each["key"] for each in value or []]

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        if raw is None:
            return []
        if not isinstance(raw, list):
            raise FieldError("Hier wird eine Liste erwartet, zum Beispiel [4, 11].")
        if len(set(map(str, raw))) != len(raw):
            raise FieldError("Die Liste nennt denselben Eintrag mehrmals.")
        return self.find(raw, model)

    def lines(self, value: Plain) -> list[str]:
        return [each["name"] for each in value or []]
