"""The pages of a Synopse: two editions side by side, for everybody or for staff."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from printing.synopse import synopse_of
from strategy.editions.models import Edition
from strategy.pages.reading import EDITION, STAFF, login_first


@dataclass(frozen=True)
class Pair:
    """Two editions side by side, on pages for everybody or (mode STAFF) for those who read every edition."""

    old: Edition
    new: Edition
    mode: str

    @property
    def is_staff(self) -> bool:
        """Whether it is read among the pages of the administration."""
        return self.mode == STAFF

    @property
    def page(self) -> str:
        """The address of the Synopse on the web."""
        return self._address("synopse")

    @property
    def on_paper(self) -> str:
        """The address of its print view."""
        return self._address("print_synopse")

    @property
    def pdf(self) -> str:
        """The address of its PDF."""
        return self._address("pdf_synopse")

    @property
    def old_base(self) -> str:
        """Begins every address of the older edition's pages."""
        return self._base(self.old)

    @property
    def new_base(self) -> str:
        """Begins every address of the newer edition's pages."""
        return self._base(self.new)

    def _address(self, name: str) -> str:
        names = f"staff_synopse:{name}" if self.is_staff else name
        return reverse(names, args=[self.old.slug, self.new.slug])

    def _base(self, edition: Edition) -> str:
        return reverse("staff:overview" if self.is_staff else "edition:overview", args=[edition.slug])


PairView = Callable[Concatenate[HttpRequest, Pair, ...], HttpResponse]


def synopse_page(
    view: PairView, *, with_contents: bool = True, is_kept: bool = True
) -> Callable[..., HttpResponse]:
    """A page of the Synopse of two editions, under both prefixes that herne_strategy/urls.py gives it.

    The public reads public editions, and of a withheld one the reason; staff reads all. Without contents, each is
    read when somebody asks for it. `is_kept` says whether the public page may be kept in memory.
    """

    @wraps(view)
    def page(request: HttpRequest, old: str, new: str, mode: str = EDITION) -> HttpResponse:
        if login := login_first(request, mode):
            return login
        pair = _pair(old, new, mode, with_contents)
        withheld = next((each for each in (pair.old, pair.new) if each.is_withheld), None)
        if withheld and not pair.is_staff:
            return render(request, "strategy/edition_withheld.html", {"edition": withheld}, status=410)
        response = view(request, pair)
        if pair.is_staff:
            response["Cache-Control"] = "private, no-store"
        response.is_public_page = is_kept and not pair.is_staff  # type: ignore[attr-defined]
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(page)


@synopse_page
def synopse(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The Synopse of two editions, side by side."""
    context = {"pair": pair, "synopse": synopse_of(pair.old, pair.new)}
    return render(request, "printing/synopse.html", context)


def _pair(old: str, new: str, mode: str, with_contents: bool) -> Pair:
    """Both editions, in one query; 404 where one is not there."""
    editions = Edition.objects.all() if mode == STAFF else Edition.objects.public()
    if with_contents:
        editions = editions.select_related("content")
    by_slug = {each.slug: each for each in editions.filter(slug__in=(old, new))}
    if old not in by_slug or new not in by_slug:
        raise Http404
    return Pair(by_slug[old], by_slug[new], mode)
