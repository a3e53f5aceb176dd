"""The pages of measures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from strategy.pages.reading import Reading, strategy_page


@strategy_page
def measure_list(request: HttpRequest, reading: Reading) -> HttpResponse:
    """All measures of the strategy, by theme."""
    return render(request, "measures/measure_list.html", {"reading": reading})


@strategy_page
def measure_detail(request: HttpRequest, reading: Reading, slug: str) -> HttpResponse:
    """A measure's sheet: its facts, and what is known of it today."""
    measure = reading.entry(f"massnahmen/{slug}/")
    return render(request, "measures/measure_detail.html", {"reading": reading, "entry": measure})
