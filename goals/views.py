"""The pages of goals, and what serves each of the United Nations' goals."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goals.sdgs import serving
from strategy.document.document import Entry
from strategy.pages.reading import Reading, strategy_page


@strategy_page
def goal_detail(request: HttpRequest, reading: Reading, slug: str) -> HttpResponse:
    """A strategic or operational goal, with what stands below it."""
    goal = reading.entry(f"ziele/{slug}/")
    return render(request, "goals/goal_detail.html", {"reading": reading, "entry": goal})


@strategy_page
def sdg_list(request: HttpRequest, reading: Reading) -> HttpResponse:
    """All seventeen SDGs, with how much of the strategy serves each."""
    served = serving(reading.document)
    sdgs = [{**sdg, "entries": served[sdg["number"]]} for sdg in reading.document.meta["sdgs"]]
    return render(request, "goals/sdg_list.html", {"reading": reading, "sdgs": sdgs})


@strategy_page
def sdg_detail(request: HttpRequest, reading: Reading, number: int) -> HttpResponse:
    """What serves this SDG, by theme: goals first, then measures."""
    sdg = next((each for each in reading.document.meta["sdgs"] if each["number"] == number), None)
    if sdg is None or not request.path.endswith(f"/sdg/{number}/"):  # one address only: /sdg/04/ is none
        raise Http404
    themes: dict[str, tuple[Entry, list[Entry], list[Entry]]] = {}
    for entry in serving(reading.document)[number]:
        _theme, goals, measures = themes.setdefault(entry.theme.uid, (entry.theme, [], []))
        (measures if entry.kind == "measure" else goals).append(entry)
    context = {"reading": reading, "sdg": sdg, "groups": themes.values()}
    return render(request, "goals/sdg_detail.html", context)
