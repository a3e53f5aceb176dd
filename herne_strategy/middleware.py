"""The headers that protect readers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Content-Security-Policy": "; ".join(f"{directive} {source}" for directive, source in POLICY.items()),
    "Cross-Origin-Resource-Policy": "same-origin",
    # The portal needs no device of the reader's: every one is switched off.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
}
LAST = "Permissions-Policy"


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Before every other middleware, so that all answers have the headers: those also that one of them gives itself,
    and those to a request that one of them refuses or fails at."""
    add_djangos = SecurityMiddleware(get_response).process_response

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if LAST not in response.headers:  # an answer of the page cache got them when it was first given
            add_djangos(request, response)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    return middleware
