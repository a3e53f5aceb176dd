"""The pages that the law asks for: what the city wrote, or the placeholder that the portal came with."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from legal.models import LegalPage, LegalSlug

# Complete as it is delivered: it describes the portal and needs no fact that only the city knows.
COMPLETE = {LegalSlug.EASY_LANGUAGE}


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A legal page. It always answers: without a row with the delivered text."""
    legal_page = LegalPage.objects.filter(slug=slug).first() or delivered(slug)
    response = render(request, "legal/legal_page.html", {"page": legal_page})
    response.is_public_page = True  # type: ignore[attr-defined]
    return response


def delivered(slug: str) -> LegalPage:
    """The text that the portal came with, not saved. Its file begins with the title, as "# Title"."""
    source = settings.BASE_DIR / "fixtures" / "seiten" / f"{slug}.md"
    title, _newline, text = source.read_text(encoding="utf-8").partition("\n")
    return LegalPage(
        slug=slug, title=title.removeprefix("# "), text=text.strip(), is_placeholder=slug not in COMPLETE
    )


def missing_slugs() -> list[str]:
    """The pages that have no row yet, in the order in which the portal names them."""
    present = set(LegalPage.objects.values_list("slug", flat=True))
    return [slug for slug in LegalSlug.values if slug not in present]
