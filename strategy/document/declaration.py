"""What an edition says of its own levels: their names, and the fields of each with label, kind and unit. Plain Python.

It is part of the edition (strategy.document.data), so that no later program words it otherwise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from strategy.document.data import COMMON_FIELDS


@dataclass(frozen=True)
class DeclaredField:
    """A field of a level, as an edition declares it.

    `kind` is what its values are: "line" of text, "markdown", "list" of lines, "number", "decimal", "yes_no",
    "choice", "reference", "references", or "derived" where it has none and says those that it `combines` in one.
    `shown` is how a page lists it: "text", "list", "markdown", "sdgs", "sdg_targets" or "nodes"; "" where not.
    """

    name: str
    label: str
    kind: str
    shown: str = ""
    unit: str = ""
    combines: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether its values have entries that are compared one by one."""
        return self.kind in ("list", "references")

    def plain(self) -> dict[str, Any]:
        """As the edition's JSON has it; what is empty is left out."""
        said = {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "shown": self.shown,
            "unit": self.unit,
        }
        return {name: text for name, text in said.items() if text} | (
            {"combines": list(self.combines)} if self.combines else {}
        )


@dataclass(frozen=True)
class DeclaredLevel:
    """A level, as an edition declares it: what one of its nodes is called, and all of them, and its fields in order."""

    kind: str
    name: str
    plural: str
    fields: tuple[DeclaredField, ...]

    @cached_property
    def by_name(self) -> dict[str, DeclaredField]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    @cached_property
    def own_fields(self) -> tuple[DeclaredField, ...]:
        """Those that not every level has."""
        return tuple(field for field in self.fields if field.name not in COMMON_FIELDS)

    def plain(self) -> dict[str, Any]:
        """As the edition's JSON has it."""
        fields = [field.plain() for field in self.fields]
        return {"kind": self.kind, "name": self.name, "plural": self.plural, "fields": fields}


Levels = Mapping[str, DeclaredLevel]  # by kind


def declared_levels(plain: Iterable[Mapping[str, Any]]) -> dict[str, DeclaredLevel]:
    """The levels of an edition's JSON, by their kinds, in their order."""
    return {level["kind"]: _level(level) for level in plain}


def _level(plain: Mapping[str, Any]) -> DeclaredLevel:
    fields = (
        DeclaredField(**{**each, "combines": tuple(each.get("combines", ()))}) for each in plain["fields"]
    )
    return DeclaredLevel(plain["kind"], plain["name"], plain["plural"], tuple(fields))
