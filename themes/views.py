"""The pages of themes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from strategy.pages.reading import Reading, strategy_page


@strategy_page
def theme_detail(request: HttpRequest, reading: Reading, slug: str) -> HttpResponse:
    """A theme: its guideline, its goals, its measures by state."""
    theme = reading.entry(f"themenfelder/{slug}/")
    return render(request, "themes/theme_detail.html", {"reading": reading, "entry": theme})
