"""What readers and staff are told while the database cannot be read, or is held by others: a sentence and, where they
sent a form, all that they typed.
"""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from strategy.database_errors import is_away, is_busy
from strategy.editions.watcher import SAY_EVERY, watcher
from strategy.history.announcement import going_on
from strategy.pages.sender import is_sent_from_here, long_texts, typed_fields

logger = logging.getLogger(__name__)

AREA, ACCOUNT_PAGES = "/verwaltung/", "/verwaltung/konto/"
RETRY_AFTER = 10  # seconds


class DatabaseAway:
    """Middleware: while the database is known to be away, nobody waits for it in vain. Public pages are tried: most
    need only what this process remembers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_reading = request.method in ("GET", "HEAD") and not request.path_info.startswith(AREA)
        if watcher.is_down and not is_reading:
            return unavailable(request, is_certain=True)
        return self.get_response(request)


def refusal(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer where this error says that the database is away or busy; None where it says anything else."""
    if is_busy(error):
        logger.warning("Not answered, as the database is busy: %s", _in_a_line(error))
        return unavailable(request, was_busy=True, is_certain=True)
    if is_away(error):
        _say(error)
        return unavailable(request)
    return None


def unavailable(request: HttpRequest, *, was_busy: bool = False, is_certain: bool = False) -> HttpResponse:
    """The 503 page. `is_certain` says that nothing was saved; else the connection may have ended just after it was."""
    fields = typed_fields(request) if request.method == "POST" and is_sent_from_here(request) else []
    if request.path_info.startswith(ACCOUNT_PAGES):
        fields = []
    context = {
        "is_form": request.method not in ("GET", "HEAD"),
        "is_staff_page": request.path_info.startswith(AREA),
        "is_busy": was_busy,
        "operation": going_on() if was_busy and _is_staff(request) else None,
        "is_certain": is_certain,
        "fields": fields,
        "token": request.POST.get("csrfmiddlewaretoken", "") if fields else "",
        "texts": long_texts(fields),
        "has_files": bool(fields and request.FILES),
        "address": request.get_full_path(),
    }
    response = render(request, "unavailable.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "private, no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write a line a request
    return response


def _is_staff(request: HttpRequest) -> bool:
    """Whether staff asks, as far as that can be told now: others read no names."""
    try:
        return bool(request.user.is_staff)
    except (AttributeError, DatabaseError, InterfaceError):
        return False


def _say(error: BaseException | None) -> None:
    """A line a minute, until the watcher has noticed."""
    if not watcher.is_down and time.monotonic() - _said[0] >= SAY_EVERY:
        _said[0] = time.monotonic()
        logger.error("The database does not answer: %s", _in_a_line(error))


def _in_a_line(error: BaseException | None) -> str:
    return " ".join(str(error).split())


_said = [-float("inf")]
