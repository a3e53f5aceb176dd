"""Rows that readers see as soon as they are written, without an edition: what is public at once.

They are written here and nowhere else, so that the public revision rises whoever changes them. Whoever writes them
by hand may: Django's permission to add, change or delete is asked for each row, on the row.
"""

from collections.abc import Callable, Iterable, Sequence

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.db import models, transaction

from strategy.editions.models import PublicState
from strategy.people import require_permission

Then = Callable[[Sequence[models.Model]], object]
_public: dict[type[models.Model], Then | None] = {}


def register(*public: type[models.Model], then: Then | None = None) -> None:
    """Declare models whose rows are public at once.

    `then` gets the rows that were written, in the same transaction: it refuses (ValidationError) what cannot hold of
    several rows together, and keeps what follows from them.
    """
    _public.update(dict.fromkeys(public, then))


def is_public(model: type[models.Model]) -> bool:
    """Whether the rows of this model were declared to be public at once."""
    return model in _public


def public_models() -> frozenset[type[models.Model]]:
    """All models that were declared."""
    return frozenset(_public)


@transaction.atomic
def write(
    *,
    save: Iterable[models.Model] = (),
    delete: Iterable[models.Model] = (),
    fields: Sequence[str] | None = None,
    by: User | None = None,
) -> None:
    """Delete and save these rows, all or none of them, and raise the public revision.

    A row comes after the one that it points to. `fields` are the only ones that are written; without them all are.
    What follows from the rows is written whoever may write them.
    """
    gone, kept = list(delete), list(save)
    for row in gone:
        require_permission(by, _permission("delete", row), row)
    for row in kept:
        require_permission(by, _permission("add" if row._state.adding else "change", row), row)
    rows = [*gone, *kept]
    steps = {_public[type(row)] for row in rows}
    for row in gone:
        row.delete()
    for row in kept:
        row.save(update_fields=fields)
    for then in filter(None, steps):
        then(rows)
    if rows:
        PublicState.objects.raise_revision()


def _permission(does: str, row: models.Model) -> str:
    return f"{row._meta.app_label}.{get_permission_codename(does, row._meta)}"
