"""The network address of whoever sent a request. Every place that names or counts one asks here."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  # of a server on a Unix socket, where no proxy says who asks
PROXY_HEADERS = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


def network_address(request: HttpRequest) -> str:
    """What the outermost of our proxies saw; without one, who opened the connection.

    Each of the BEHIND_PROXY proxies appends to X-Forwarded-For whom it saw, so that many addresses from the end are
    to be believed. Whatever stands before them was sent by the client, and says nothing.
    """
    hops: int = settings.BEHIND_PROXY
    told = request.headers.get("X-Forwarded-For", "").split(",") if hops else []
    seen = [*told, request.META.get("REMOTE_ADDR", "")][-hops - 1 :]
    return next(filter(None, map(_parsed, seen)), UNKNOWN)


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether somebody at this machine asks, with no proxy in between that might pass on what others send."""
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    is_near = bool(address) and ipaddress.ip_address(address).is_loopback
    return is_near and not any(name in request.headers for name in PROXY_HEADERS)


def _parsed(text: str) -> str:
    """The address in its one short form, without the port that some proxies append; "" where it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
