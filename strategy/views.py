"""The list of editions, and the addresses that work for every node."""

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from strategy.editions import Edition
from strategy.library import library
from strategy.reading import Reading, strategy_page


def edition_list(request: HttpRequest) -> HttpResponse:
    """All public editions, the newest first, each with the one before it that it can be compared with."""
    editions = list(Edition.objects.public().newest_first())
    readable = [edition for edition in editions if not edition.is_withheld]
    before = dict(pairwise(readable))
    context = {
        "editions": [(edition, before.get(edition)) for edition in editions],
        "shown": library.shown().edition,
    }
    response = render(request, "strategy/edition_list.html", context)
    response.is_public_page = True  # type: ignore[attr-defined]
    return response


@strategy_page
def by_code(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    """From a code such as 1.2.3.4 to the page of that node in this edition."""
    entry = reading.document.by_code.get(code)
    if entry is None:
        raise Http404
    return HttpResponseRedirect(reading.base + entry.path)


@strategy_page
def colours(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The colours of themes and SDGs as a stylesheet: they are data, and pages carry no inline styles."""
    context = {"themes": reading.document.themes, "sdgs": reading.document.meta["sdgs"]}
    return render(request, "strategy/colours.css", context, content_type="text/css; charset=utf-8")
