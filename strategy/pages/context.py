"""What every template may use, strategy page or not."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from strategy.editions.library import library


def portal(request: HttpRequest) -> dict[str, object]:
    """`portal`: city and title of the shown edition, and the portal's address, looked up only where a template asks."""
    return {"portal": SimpleLazyObject(_portal)}


def _portal() -> dict[str, str]:
    document = library.shown().readable
    meta = document.meta if document else {"city": "", "title": ""}
    return {"city": meta["city"], "title": meta["title"], "public_url": settings.PUBLIC_URL}
