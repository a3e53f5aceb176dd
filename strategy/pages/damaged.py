"""The answer to whoever asks for an edition whose content is not what was frozen."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from strategy.editions.models import EditionDamaged

RETRY_AFTER = 600  # seconds


class DamagedEditions:
    """Middleware: says so in a sentence instead of showing anything of it. The log names the edition."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The 503 page for a damaged edition; nothing else is its business."""
        if not isinstance(exception, EditionDamaged):
            return None
        response = render(request, "503.html", {"edition": str(exception)}, status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        return response
