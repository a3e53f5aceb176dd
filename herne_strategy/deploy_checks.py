"""What is wrong with the settings of a server that the public reads: said by `check --deploy`, and when it starts.

What makes no portal at all is refused by settings.py. Each fault here is named once, by the variable that mends it:
Django's own checks of the settings that follow from PUBLIC_URL are silenced.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

NEAR = ("", "localhost", "127.0.0.1", "::1")
ENCRYPTED = ("require", "verify-ca", "verify-full")


def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """The settings are those of a city's server, as docs/betrieb.md has them."""
    return [
        Warning(sentence, hint=hint, id=f"herne_strategy.{number}")
        for number, (is_wrong, sentence, hint) in FAULTS.items()
        if is_wrong()
    ]


def _is_https() -> bool:
    return bool(settings.PUBLIC_URL.startswith("https://"))


def _mail_may_be_read() -> bool:
    is_far = (settings.EMAIL_HOST or "") not in NEAR
    return is_far and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)


def _sender_is_nowhere() -> bool:
    return bool(settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"))


def _database_may_be_read() -> bool:
    """Neither over a socket nor over loopback, and not encrypted for certain."""
    database = settings.DATABASES["default"]
    host = database.get("HOST") or ""
    is_far = host not in NEAR and not host.startswith("/")
    return is_far and (database.get("OPTIONS") or {}).get("sslmode") not in ENCRYPTED


# By number: whether it is there, what it means, and what mends it.
FAULTS: dict[str, tuple[Callable[[], bool], str, str]] = {
    "W001": (
        lambda: settings.DEMO,
        "DEMO is on: everybody knows the login of the demonstration.",
        "Set DEMO=0, or leave it out.",
    ),
    "W002": (
        lambda: not _is_https(),
        "PUBLIC_URL begins with http: passwords and pages can be read and changed on their way.",
        "Let it begin with https.",
    ),
    "W003": (
        lambda: _is_https() and not settings.BEHIND_PROXY,
        "PUBLIC_URL begins with https, but BEHIND_PROXY is 0: a request is sent on to HTTPS even if it came by it.",
        "Set BEHIND_PROXY to the number of proxies.",
    ),
    "W004": (
        lambda: "*" in settings.ALLOWED_HOSTS,
        "ALLOWED_HOSTS has a *: the portal answers to any name.",
        "Name the hosts.",
    ),
    "W005": (
        lambda: not settings.EMAIL_HOST,
        "EMAIL_URL names no mail server: nobody gets the mails that the portal sends.",
        "Set it to submission://user:password@host.",
    ),
    "W006": (
        _mail_may_be_read,
        "EMAIL_URL names a mail server on another machine, without TLS: links to new passwords can be read.",
        "Let it begin with submission://.",
    ),
    "W007": (
        _sender_is_nowhere,
        "DEFAULT_FROM_EMAIL is at localhost: other mail servers refuse such a sender.",
        "Set it to an address of the city.",
    ),
    "W008": (
        _database_may_be_read,
        "DATABASE_URL names another machine, and the way there may be unencrypted.",
        "Add ?sslmode=verify-full, or at least ?sslmode=require.",
    ),
}
