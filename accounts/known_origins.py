"""Browsers and networks from which somebody has logged in: guesses from elsewhere do not lock them out there.

Failures are counted for an account by where they come from: each known browser, each known network, and all the rest
of the world together. So an attacker has no more guesses than before, and uses up nobody's but their own.
"""

import ipaddress
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.expired_forms import ACCOUNT_PAGES

BROWSER_KNOWN_FOR = timedelta(days=90)
NETWORK_KNOWN_FOR = timedelta(days=30)


def remember(request: HttpRequest, response: HttpResponse, login: str, address: str) -> None:
    """Somebody has logged in. The cookie is a random number, signed for this account: it names nobody."""
    cache.set(_network_key(login, address), True, NETWORK_KNOWN_FOR.total_seconds())
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        _signer(login).sign(secrets.token_urlsafe(16)),
        max_age=BROWSER_KNOWN_FOR,
        path=ACCOUNT_PAGES,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def origin(request: HttpRequest, login: str, address: str) -> str:
    """By which a failure to log in to this account is counted."""
    try:
        cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
        return f"browser {_signer(login).unsign(cookie, max_age=BROWSER_KNOWN_FOR)}"
    except BadSignature:
        return f"network {_network(address)}" if cache.get(_network_key(login, address)) else "elsewhere"


def _signer(login: str) -> TimestampSigner:
    return TimestampSigner(salt=f"{__name__} {login}")


def _network_key(login: str, address: str) -> str:
    """The cache, which forgets it in time, holds neither the name nor the network."""
    digest = salted_hmac(__name__, f"{login} {_network(address)}", algorithm="sha256").hexdigest()
    return f"known-network:{digest}"


def _network(address: str) -> str:
    """The /24 of IPv4, the /64 of IPv6: an office, or a home."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        if not parsed.ipv4_mapped:
            return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))
        parsed = parsed.ipv4_mapped
    return str(ipaddress.IPv4Network((int(parsed), 24), strict=False))
