"""The addresses that work for every node."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from strategy.pages.reading import Reading, strategy_page


@strategy_page
def by_code(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    """From a code such as 1.2.3.4 to the page of that node in this edition."""
    entry = reading.document.by_code.get(code)
    if entry is None:
        raise Http404
    return HttpResponseRedirect(reading.base + entry.path)


@strategy_page
def entry_detail(request: HttpRequest, reading: Reading, address: str, slug: str) -> HttpResponse:
    """The page of an entry whose level brings none: what it says, and what stands below it."""
    entry = reading.entry(f"{address}/{slug}/")
    return render(request, "strategy/entry_detail.html", {"reading": reading, "entry": entry})


@strategy_page
def colours(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The colours of themes and SDGs as a stylesheet: they are data, and pages carry no inline styles."""
    context = {"themes": reading.document.themes, "sdgs": reading.document.meta["sdgs"]}
    return render(request, "strategy/colours.css", context, content_type="text/css; charset=utf-8")
