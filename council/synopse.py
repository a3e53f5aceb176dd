"""The Synopse of two editions: what the new one says otherwise than the old one, and why."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strategy.change_views import ChangeView, change_views, counts
from strategy.comparison import compare
from strategy.editions import Edition
from strategy.library import library
from strategy.reasons import reasons_between


@dataclass(frozen=True)
class Row:
    """A Change with its reasons."""

    view: ChangeView
    reasons: list[str]


@require_safe
def synopse(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """The Synopse of two public editions. A withheld one answers with its reason, as its own pages do."""
    editions = [_edition(slug) for slug in (old, new)]
    for edition in editions:
        if edition.is_withheld:
            return render(request, "strategy/edition_withheld.html", {"edition": edition}, status=410)
    response = render(request, "council/synopse.html", _context(*editions))
    response.is_public_page = True  # type: ignore[attr-defined]
    response["X-Robots-Tag"] = "noindex"
    return response


def _edition(slug: str) -> Edition:
    edition = Edition.objects.public().filter(slug=slug).first()
    if edition is None:
        raise Http404
    return edition


def _context(old: Edition, new: Edition) -> dict[str, Any]:
    comparison = compare(library.document(old), library.document(new))
    reasons = reasons_between(old, new)
    return {
        "old": old,
        "new": new,
        "rows": [Row(view, reasons.get(view.change.uid or "", [])) for view in change_views(comparison)],
        "counts": counts(comparison),
        "renumbered": comparison.renumbered,
        "has_sample": old.has_sample or new.has_sample,
    }
