"""Forms as they were sent: whether from a page of this portal, by what the browser says of it (no cookie is needed),
and what they hold."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

LONG = 40  # characters


def is_sent_from_here(request: HttpRequest) -> bool:
    """Whether all that the browser says about the sender, and it says something, speaks for this portal."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is not None and not _is_own(origin, request):
        return False
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is not None or site is not None or _is_own(request.headers.get("Referer", ""), request)


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form held, name and value, without passwords and tokens: to be offered once more."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


def long_texts(fields: list[tuple[str, str]]) -> list[str]:
    """Those of the values that nobody wants to type again. What is shorter, such as a choice or a number, is."""
    return [value for _name, value in fields if len(value) > LONG]


def _is_own(address: str, request: HttpRequest) -> bool:
    """Whether an address is at this portal's host: the one that was asked, or that of its public address."""
    try:
        host = urlsplit(address).netloc.lower()
    except ValueError:
        return False
    return host in {request.get_host().lower(), urlsplit(settings.PUBLIC_URL).netloc.lower()}
