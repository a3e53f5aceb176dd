"""Which keys a file may refer to: those in the database, and those that the file itself defines."""

from typing import Any

from django.db import models

from strategy.importing.node_rows import Key
from strategy.tree.fields import FieldError
from strategy.tree.levels import levels
from strategy.tree.reference_fields import Reference
from strategy.tree.references import loaded_references, target_of


class KnownKeys:
    """The keys of every table that a level's fields refer to. One query a table."""

    def __init__(self) -> None:
        self._keys: dict[type[models.Model], dict[str, Key]] = {}
        for level in levels():
            for field in loaded_references(level.fields):
                self._read(target_of(field, level.model), field.key)

    def _read(self, target: type[models.Model], key: str) -> None:
        if target not in self._keys:
            rows = target._default_manager.order_by().values_list(key, flat=True)
            self._keys[target] = {}
            for row in rows:
                self.define(target, row if isinstance(row, int) else str(row))

    def define(self, target: type[models.Model], key: Key) -> None:
        """Make known that the file itself defines this row, wherever in the file."""
        self._keys.setdefault(target, {})[str(key)] = key

    def parse(self, field: Reference, raw: Any, model: type[models.Model]) -> tuple[Key, ...]:
        """The keys that a raw value names; FieldError with a German sentence where one is not known."""
        if raw is None:
            return ()
        if field.is_many and not isinstance(raw, list):
            raise FieldError("Hier wird eine Liste erwartet, zum Beispiel [4, 11].")
        named = raw if field.is_many else [raw]
        if len(set(map(str, named))) != len(named):
            raise FieldError("Die Liste nennt denselben Eintrag mehrmals.")
        target = target_of(field, model)
        known = self._keys[target]
        for key in named:
            if not isinstance(key, str | int):
                raise FieldError("Hier wird ein Schlüssel erwartet: ein Wort oder eine Zahl.")
            if str(key) not in known:
                raise FieldError(f"„{key}“ ist nicht bekannt ({target._meta.verbose_name}).")
        return tuple(known[str(key)] for key in named)
