"""What the digest on every sheet is the sum of, and the very text that it is made of, to be checked by anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strategy.editions.models import Edition
from strategy.pages.reading import Missing, Reading, strategy_page


@require_safe
def digest(request: HttpRequest) -> HttpResponse:
    """What it is, how to check it, and the digest of every edition that can be read."""
    editions = Edition.objects.public().filter(withheld_on=None).newest_first()
    response = render(request, "printing/digest.html", {"editions": editions})
    response.is_public_page = True  # type: ignore[attr-defined]
    return response


def edition_json(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """An edition as it was frozen, byte by byte: the SHA-256 of this file is its digest. Not kept in memory."""
    response = _edition_json(request, **kwargs)
    response.is_public_page = False  # type: ignore[attr-defined]
    return response


@strategy_page
def _edition_json(request: HttpRequest, reading: Reading) -> HttpResponse:
    if reading.edition is None:
        raise Missing("fassung.json")
    response = HttpResponse(reading.edition.frozen_text.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="fassung-{reading.edition.slug}.json"'
    response["Cache-Control"] = "no-cache"
    return response
