"""The pages that mix levels, and what machines ask for."""

import sys
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.defaults import bad_request, permission_denied

from herne_strategy.readiness import problems
from strategy.database_errors import behind
from strategy.editions.library import library
from strategy.pages.reading import Reading, page_not_found, strategy_page
from strategy.pages.unavailable import refusal
from strategy.security_log import record

SECURITY_TXT_LASTS = timedelta(days=180)

PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"


@strategy_page
def overview(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The start page: themes, the strategy as a tree, the SDGs."""
    return render(request, "herne_strategy/overview.html", {"reading": reading})


def healthz(request: HttpRequest) -> HttpResponse:
    """Liveness: this process answers. Whether readers should be sent here, `ready` says."""
    return HttpResponse(
        f"ok {settings.PROGRAM_VERSION}\n", content_type=PLAIN, headers={"Cache-Control": "no-store"}
    )


def ready(request: HttpRequest) -> HttpResponse:
    """For whoever sends readers here: 503 with all that is wrong, a line each, or "ready"."""
    wrong = [f"{each.msg} {each.hint}\n" for each in problems() if each.is_serious()]
    return HttpResponse(
        "".join(wrong) or "ready\n",
        content_type=PLAIN,
        status=503 if wrong else 200,
        headers={"Cache-Control": "no-store"},
    )


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read everything but the administration."""
    text = f"User-agent: *\nDisallow: /verwaltung/\nSitemap: {settings.PUBLIC_URL}/sitemap.xml\n"
    return _public(HttpResponse(text, content_type=PLAIN))


def security_txt(request: HttpRequest) -> HttpResponse:
    """Where flaws are reported (RFC 9116). It goes out of date by itself where nobody runs the portal any more."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        return page_not_found(request)
    lines = {
        "Contact": contact if contact.startswith("https://") else f"mailto:{contact}",
        "Expires": f"{timezone.localdate() + SECURITY_TXT_LASTS:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages": "de, en",
        "Canonical": f"{settings.PUBLIC_URL}/.well-known/security.txt",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return _public(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of the shown edition, and of the places beside it that are there. No query."""
    document = library.shown().frozen
    paths = ["", "massnahmen/", "sdg/", "fassungen/"] if document else []
    paths += [path for path in document.by_path if "#" not in path] if document else []
    paths += [path for addresses in library.shown().places.values() for path in addresses]
    context = {"addresses": [f"{settings.PUBLIC_URL}/{path}" for path in paths]}
    return _public(render(request, "herne_strategy/sitemap.xml", context, content_type=XML))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for addresses that no pattern fits."""
    return page_not_found(request)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 403 page. Who of the staff wanted what is told to the security log."""
    user = getattr(request, "user", None)
    if user and user.is_authenticated:
        record("permission_denied", on=request.path, request=request)
    return permission_denied(request, exception)


def misunderstood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 page. Django gives it also where the database went away before the session was saved."""
    is_session = isinstance(exception, SessionInterrupted)
    if is_session and (answer := refusal(request, behind(exception))):
        return answer
    return bad_request(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """The 500 page, or the 503 page where the database is what failed. Neither asks anything of it."""
    if answer := refusal(request, sys.exc_info()[1]):
        return answer
    return HttpResponse(render_to_string("500.html"), status=500)


def _public(response: HttpResponse) -> HttpResponse:
    response.is_public_page = True  # type: ignore[attr-defined]
    return response
