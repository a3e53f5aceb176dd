"""What every template may use, strategy page or not."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from strategy.library import library


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: city and title of the shown edition, looked up only where a template asks."""
    return {"site": SimpleLazyObject(_site)}


def _site() -> dict[str, str]:
    document = library.shown().frozen
    return (
        {"city": document.meta["city"], "title": document.meta["title"]}
        if document
        else {"city": "", "title": ""}
    )
