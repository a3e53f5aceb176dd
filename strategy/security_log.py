"""The security log: who logged in, tried to, got other rights, or changed what is public. One line an event, without
any text of users, password or token (docs/adr/0019). The settings say where it goes and how long it is kept.
"""

import logging
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from strategy.network_address import network_address

LOGGER = "portal.security"
COMMAND, NOBODY, UNKNOWN = "(command)", "(nobody)", "(unknown)"  # in brackets, which no account's name has
NONE = "-"
LONGEST = 300  # characters of a value

_logger = logging.getLogger(LOGGER)
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def remember_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: events know the request in which they happen, without being told."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def record(
    event: str,
    *,
    on: str = "",
    by: User | None = None,
    account: str = "",
    detail: Iterable[str] = (),
    request: HttpRequest | None = None,
) -> None:
    """Write an event, once what it tells of is stored. `on` names the object, such as "edition:2027".

    Who did it is `by`, or an `account` by its name; without either, whoever sent the request. What happens in none is
    a command's doing.
    """
    request = request or _request.get()
    values = {
        "event": event,
        "account": account or _account(by, request),
        "address": network_address(request) if request else NONE,
        "object": on,
        "detail": ",".join(detail),
    }
    line = " ".join([_now(), *(f"{name}={_shown(value)}" for name, value in values.items())])
    transaction.on_commit(partial(_logger.info, "%s", line))


def _account(by: User | None, request: HttpRequest | None) -> str:
    if by is not None:
        return by.get_username()
    if request is None:
        return COMMAND
    user = getattr(request, "user", None)
    return user.get_username() if user and user.is_authenticated else NOBODY


def _now() -> str:
    return timezone.localtime().isoformat(timespec="seconds")


def _shown(value: str) -> str:
    """The value without anything that could end it, or the line, or hide a part of it on a screen."""
    if value in (COMMAND, NOBODY, UNKNOWN):
        return value
    escaped = "".join(_escaped(sign) for sign in value[:LONGEST]) or NONE
    return escaped + "…" if len(value) > LONGEST else escaped


def _escaped(sign: str) -> str:
    if sign.isalnum() or sign in "@.+-_:,/>":
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
