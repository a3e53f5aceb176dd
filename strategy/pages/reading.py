"""A reading: the Document that an address names, and how its pages may be shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from strategy.document.document import Document, Entry
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.working_tree import preview
from strategy.pages.redirects import Former, former_addresses

View = Callable[..., HttpResponse]

SHOWN, EDITION, STAFF, PREVIEW = "shown", "edition", "staff", "preview"
NEEDS = {STAFF: "strategy.view_edition", PREVIEW: "strategy.view_node"}


@dataclass(frozen=True)
class Reading:
    """A Document as one reader sees it. `base` begins every address of its pages."""

    document: Document
    edition: Edition | None
    mode: str
    base: str

    @property
    def is_shown(self) -> bool:
        """Whether it reads the edition that the public sees at the start page."""
        return self.mode == SHOWN

    @property
    def is_preview(self) -> bool:
        """Whether it reads the working tree."""
        return self.mode == PREVIEW

    @property
    def is_for_staff(self) -> bool:
        """Whether only staff reads it, below /verwaltung/."""
        return self.mode in NEEDS

    @property
    def counterpart(self) -> Edition | None:
        """The edition that the public is shown, where this is another one."""
        shown = library.shown().edition
        return shown if shown and not self.is_shown and shown != self.edition else None

    def entry(self, path: str) -> Entry:
        """The entry of this address; Missing where this Document has none."""
        if entry := self.document.by_path.get(path):
            return entry
        raise Missing(path)


class Missing(Exception):
    """A Document has no page of this address."""


def strategy_page(
    view: Callable[Concatenate[HttpRequest, Reading, ...], HttpResponse], *, with_live: bool = True
) -> View:
    """A page of the strategy, under each of the four prefixes that herne_strategy/urls.py gives it.

    A page that shows no live data does without: its Reading of the shown edition has the frozen Document.
    """

    @wraps(view)
    def page(
        request: HttpRequest, *args: Any, mode: str = SHOWN, edition: str = "", **kwargs: Any
    ) -> HttpResponse:
        if login := login_first(request, mode):
            return login
        if mode in (EDITION, STAFF):
            named = _edition(edition, mode)
            if mode == EDITION and named.is_withheld:
                return render(request, "strategy/edition_withheld.html", {"edition": named}, status=410)
            reading: Reading | None = _frozen(named, mode)
        else:
            reading = _preview() if mode == PREVIEW else _shown(with_live)
        if reading is None:
            return render(request, "strategy/nothing_published.html", status=404)
        try:
            response = view(request, reading, *args, **kwargs)
        except Missing as missing:
            response = elsewhere(request, reading, str(missing))
        except Http404:
            response = page_not_found(request)
        return _with_headers(response, reading)

    return require_safe(page)


def login_first(request: HttpRequest, mode: str) -> HttpResponse | None:
    """The way to the login, for whoever is nobody of the staff and asks for a page that only staff reads. Staff
    who may not read it are refused."""
    if mode not in NEEDS:
        return None
    if not request.user.is_staff:
        return redirect_to_login(request.get_full_path())
    if not request.user.has_perm(NEEDS[mode]):
        raise PermissionDenied
    return None


def page_not_found(request: HttpRequest, former: Former | None = None) -> HttpResponse:
    """The 404 page: says what may have happened, names the edition that has this address where another one has,
    and offers the way back into the strategy."""
    context = {"document": library.shown().readable, "former": former}
    return render(request, "404.html", context, status=404)


def _shown(with_live: bool) -> Reading | None:
    shown = library.shown()
    document = shown.document if with_live else shown.frozen
    return Reading(document, shown.edition, SHOWN, "/") if document else None


def _preview() -> Reading:
    return Reading(preview(), None, PREVIEW, reverse("preview:overview"))


def _frozen(edition: Edition, mode: str) -> Reading:
    namespace = "edition" if mode == EDITION else "staff"
    base = reverse(f"{namespace}:overview", kwargs={"edition": edition.slug})
    return Reading(library.document(edition), edition, mode, base)


def _edition(slug: str, mode: str) -> Edition:
    editions = Edition.objects.public() if mode == EDITION else Edition.objects.all()
    edition = editions.filter(slug=slug).first()
    if edition is None:
        raise Http404
    return edition


def _with_headers(response: HttpResponse, reading: Reading) -> HttpResponse:
    if reading.mode in NEEDS:
        response["Cache-Control"] = "private, no-store"
    else:
        response.is_public_page = response.status_code == 200  # type: ignore[attr-defined]
    if not reading.is_shown:
        response["X-Robots-Tag"] = "noindex"
    return response


def elsewhere(request: HttpRequest, reading: Reading, path: str) -> HttpResponse:
    """The answer to an address that this Document lacks: where the node is here, or that it has gone, or that
    it came only later."""
    earlier = former_addresses.find(path, before=reading.edition)
    former = earlier or former_addresses.find(path, before=None)
    if former and (entry := reading.document.by_uid.get(former.uid)):
        response = HttpResponsePermanentRedirect(reading.base + entry.path)
        response["Cache-Control"] = "no-cache"  # publishing and taking back may turn it round
        return response
    if earlier is None:
        return page_not_found(request, former)
    return render(request, "strategy/node_gone.html", {"former": earlier, "reading": reading}, status=410)
