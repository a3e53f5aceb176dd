"""Who did something, in the rows that say so; and whether they may."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest

from strategy.text.lazy_text import LazyText

if TYPE_CHECKING:  # a class that takes parameters for the type checker alone
    PersonField = models.ForeignKey[User | None, User | None]

AnyUser = User | AnonymousUser
"""Whoever asks for a page, be it nobody whom the portal knows. Who does something is a User."""


def person_field(label: LazyText, **options: Any) -> "PersonField":
    """A reference to whoever did it. It keeps the account: who leaves is deactivated, not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, related_name="+", **options
    )


def acting_user(request: HttpRequest) -> User:
    """The account that a request acts for. Only pages behind the login ask: they know who it is."""
    return cast(User, request.user)


def require_permission(by: User | None, permission: str, on: models.Model | None = None) -> None:
    """PermissionDenied where this person has not the permission: on that object, or outright where there is none.

    Every action asks so before it writes. A command acts for nobody (None), and is not asked.
    """
    if by is not None and not by.has_perm(permission, on):
        raise PermissionDenied


def name_of(user: User | None) -> str:
    """What editors read of somebody: the full name, the account's where none is known; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""
