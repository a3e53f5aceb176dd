"""Who did something, in the rows that say so."""

from typing import Any

from django.conf import settings
from django.db import models


def person_field(label: Any, **options: Any) -> Any:
    """A reference to whoever did it. It keeps the account: who leaves is deactivated, not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, related_name="+", **options
    )


def name_of(user: Any) -> str:
    """What editors read of somebody: the full name, the account's where none is known; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""
