"""What somebody else saved while a form was open."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User

from strategy.document.data import Plain
from strategy.history.models import HistoryRecord
from strategy.tree.content import Content, differences
from strategy.tree.fields import Field
from strategy.tree.models import Node


@dataclass(frozen=True)
class Conflict:
    """A field that both changed, in different ways."""

    field: Field
    base: Plain
    typed: Plain
    stored: Plain


@dataclass(frozen=True)
class Meanwhile:
    """Who saved the node since, and when; what this person changed; what both did; what only the other did."""

    by: User | None
    at: datetime.datetime | None
    mine: tuple[Field, ...]
    conflicts: tuple[Conflict, ...]
    taken_over: tuple[Field, ...]

    @classmethod
    def between(
        cls, node: Node, version: int, *, base: Content | None, typed: Content, stored: Content
    ) -> "Meanwhile":
        """Compare what was there when the form was opened, what was typed, and what is stored now.

        Where the history does not tell what was there, every difference is a conflict.
        """
        differ = {field.name for field in differences(node.kind, stored, typed)}
        base = base or {**stored, **dict.fromkeys(differ)}
        mine = [field for field in differences(node.kind, base, typed) if field.name in differ]
        theirs = differences(node.kind, base, stored)
        conflicts = [field for field in mine if field in theirs]
        last = HistoryRecord.objects.of(node.uid).filter(version__gt=version).select_related("by").first()
        return cls(
            last.by if last else None,
            last.at if last else None,
            tuple(mine),
            tuple(
                Conflict(field, base[field.name], typed[field.name], stored[field.name])
                for field in conflicts
            ),
            tuple(field for field in theirs if field not in mine and field.name in differ),
        )
