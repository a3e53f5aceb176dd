"""The registry of levels: each app registers its own in `AppConfig.ready`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from strategy.document.data import Plain
from strategy.document.declaration import DeclaredLevel
from strategy.document.shapes import SHAPES, Shape
from strategy.tree.fields import COMMON, Field
from strategy.tree.kinds import Kind
from strategy.tree.models import Node


@dataclass(frozen=True)
class PrintStyle:
    """How entries of a level are printed.

    `alone` is what the file of a single one is called, "" where none is printed by itself. `style` is that of its
    heading in printing/pdf/blocks.typ. One that `is_named` says above its title what it is. One that `is_framed`
    stands apart from what is below it, which is set as if it stood below its parent.
    """

    alone: str = ""
    style: str = "measure"
    in_contents: bool = False
    is_named: bool = False
    is_framed: bool = False


@dataclass(frozen=True)
class Level:
    """A level of the strategy: its model, and the declaration of what it carries beside the common fields.

    `plural` is what its nodes are called; `shape` says where its entries are read, and what their codes look like;
    `paper` how they are printed; `table` which table of an archive they are in, "" for one of their own.
    """

    kind: Kind
    model: type[Node]
    plural: str
    fields: tuple[Field, ...] = ()
    prepare: Callable[[list[Any]], None] | None = None  # attaches what the fields read, for all rows at once
    shape: Shape = field(default_factory=Shape)
    paper: PrintStyle = field(default_factory=PrintStyle)
    table: str = ""

    @property
    def name(self) -> str:
        """What one of its nodes is, with a capital letter."""
        return capfirst(str(self.kind.label))

    @property
    def table_name(self) -> str:
        """The table of an archive that its entries are in."""
        return self.table or f"{self.shape.address or self.kind}.csv"

    @cached_property
    def declared(self) -> DeclaredLevel:
        """The level as an edition declares it."""
        common = (replace(field.declared, shown="") for field in COMMON)
        fields = (*common, *(field.declared for field in self.fields))
        return DeclaredLevel(self.kind.value, str(self.kind.label), self.plural, fields)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    @cached_property
    def new_values(self) -> dict[str, Plain]:
        """What a new row says in each field that editors and files set, as in an edition."""
        row = self.model()
        return {
            field.name: [] if field.is_many else field.read(row) for field in self.fields if field.is_loaded
        }

    @property
    def attribute(self) -> str:
        """The name under which a Node holds its row of this level."""
        return self.model._meta.model_name or ""


_levels: dict[str, Level] = {}


def register(level: Level) -> None:
    """Make a level known. Once for each kind."""
    _levels[level.kind] = level
    SHAPES[level.kind] = level.shape


def level_of(kind: str) -> Level:
    """The level of this kind; KeyError where no app has registered it."""
    return _levels[kind]


def levels() -> Iterator[Level]:
    """All levels, from the top of the tree downwards."""
    return (_levels[kind] for kind in Kind if kind in _levels)


_meta: dict[str, Callable[[], Plain]] = {}


def register_meta(name: str, source: Callable[[], Plain]) -> None:
    """Make known what else an edition's "meta" holds: plain data from one query."""
    _meta[name] = source


def meta() -> dict[str, Plain]:
    """What the apps contribute to an edition's "meta"."""
    return {name: source() for name, source in _meta.items()}


def own(node: Node) -> Node:
    """This node as an object of its own level, with that level's fields."""
    row: Node = getattr(node, level_of(node.kind).attribute)
    return row
