"""What models and their tables refuse, asked of many objects that are not saved."""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from strategy.tree.models import Node
from strategy.tree.paths import TREE_FIELDS


class ModelChecks:
    """Asks the database once for the same values."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], list[str]] = {}
        self._words: dict[str, list[str]] = {}  # by constraint

    def full_clean(self, node: Node, changed: Collection[str] | None = None) -> None:
        """As Django's, but for addresses that others have, and rows that it refers to.

        Of an object that is saved, `changed` are the fields that say something else.
        """
        references = [field.name for field in node._meta.concrete_fields if field.is_relation]
        errors: dict[str, Any] = {}
        try:
            stays = [] if changed is None or "slug" in changed else ["slug"]
            excluded = [*TREE_FIELDS, *references, *stays]
            node.full_clean(exclude=excluded, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        failed = [*TREE_FIELDS, *errors]
        for model in (type(node), *node._meta.all_parents):
            for _names, messages in self.refusals(node, model, failed, changed):
                errors.setdefault(NON_FIELD_ERRORS, []).extend(map(ValidationError, messages))
        if errors:
            raise ValidationError(errors)

    def refusals(
        self, node: Node, model: Any, failed: Collection[str], changed: Collection[str] | None = None
    ) -> Iterator[tuple[list[str], list[str]]]:
        """For each constraint of a model that an object does not keep: the fields it looks at, what is to be said.

        Not asked where a field has failed, nor where none has changed.
        """
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                names = sorted(constraint.condition.referenced_base_fields)  # type: ignore[union-attr]
                if set(names) & set(failed) or (changed is not None and not set(names) & set(changed)):
                    continue
                if messages := self._messages(constraint, model, node, names):
                    yield names, messages

    def _messages(
        self, constraint: models.CheckConstraint, model: Any, node: Node, names: list[str]
    ) -> list[str]:
        if constraint.name not in self._words:
            self._words[constraint.name] = list(_words_in(constraint.condition))
        words = self._words[constraint.name]
        key = (constraint.name, *(_as_asked(getattr(node, name), words) for name in names))
        if key not in self._known:
            try:
                constraint.validate(model, node)
                self._known[key] = []
            except ValidationError as error:
                self._known[key] = error.messages
        return self._known[key]


def _words_in(condition: Any) -> Iterator[str]:
    """The words with which a condition compares fields."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _words_in(child)
        else:
            _lookup, value = child
            values = value if isinstance(value, list | tuple) else [value]
            yield from (str(each) for each in values if isinstance(each, str) and each)


def _as_asked(value: Any, words: list[str]) -> Any:
    """All that our conditions ask of a text: whether it is empty, is one of these words, or begins with one."""
    if not isinstance(value, str):
        return value
    folded = value.casefold()  # a database may not tell a from A
    begun = (value[: len(word) + 1] for word in words if folded.startswith(word.casefold()))
    return bool(value), *begun
