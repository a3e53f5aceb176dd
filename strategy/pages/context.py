"""What every template may use, strategy page or not."""

from collections.abc import Mapping
from contextlib import suppress

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from strategy.document.document import Document
from strategy.editions.library import library


def portal(request: HttpRequest) -> dict[str, object]:
    """`portal`: city and title of the shown edition, the portal's address, and the places of the navigation that are
    not always there, looked up only where a template asks."""
    return {"portal": SimpleLazyObject(_portal)}


def _portal() -> dict[str, object]:
    document: Document | None = None
    places: Mapping[str, tuple[str, ...]] = {}
    with suppress(OperationalError):  # the page that says so has a head and a foot, too
        document, places = library.shown().readable, library.shown().places
    meta = document.meta if document else {"city": "", "title": ""}
    return {
        "city": meta["city"],
        "title": meta["title"],
        "public_url": settings.PUBLIC_URL,
        "places": places,
    }
