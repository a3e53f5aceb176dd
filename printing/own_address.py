"""Pages and files that only an edition has, and always under its own address."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from strategy.editions.models import Edition
from strategy.pages.reading import Reading


def at_its_edition(
    view: Callable[Concatenate[HttpRequest, Reading, Edition, ...], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Reading, ...], HttpResponse]:
    """A page of an edition: the shown one leads to its own address, and the working tree has none."""

    @wraps(view)
    def page(request: HttpRequest, reading: Reading, *args: object, **kwargs: object) -> HttpResponse:
        if reading.edition is None:
            raise Http404
        if reading.is_shown:
            return to_its_edition(reading.edition, request.path.removeprefix(reading.base))
        return view(request, reading, reading.edition, *args, **kwargs)

    return page


def to_its_edition(edition: Edition, path: str) -> HttpResponse:
    """The way to this path below the edition. Browsers ask again: another one may be shown tomorrow."""
    below = reverse("edition:overview", kwargs={"edition": edition.slug})
    response = HttpResponseRedirect(f"{below}{path}")
    response["Cache-Control"] = "no-cache"
    return response
