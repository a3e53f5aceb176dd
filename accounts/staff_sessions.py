"""Sessions of staff: noted while they last, and ended by SESSION_IDLE_MINUTES or twelve hours after the login."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import StaffSession

NOTED_EVERY = timedelta(minutes=1)


def staff_sessions(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """In place of allauth's middleware, which would write at every request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            _keep_or_end(request, timezone.now())
        return get_response(request)

    return middleware


def typing(request: HttpRequest) -> HttpResponse:
    """What typing.js asks for while somebody types: to ask is enough to be noted."""
    return HttpResponse(content_type="text/plain")


def _keep_or_end(request: HttpRequest, now: datetime) -> None:
    session = StaffSession.objects.filter(session_key=request.session.session_key).first()
    if session and session.is_over(now):
        _end(request, session)
    elif not session or _is_news(request, session, now):
        StaffSession.objects.create_from_request(request)


def _end(request: HttpRequest, session: StaffSession) -> None:
    session.end()
    request.session.flush()
    request.user = AnonymousUser()
    if request.method == "GET":  # a form that was sent is kept on a page that says the same
        messages.info(
            request,
            _(
                "Your login has ended: it does after %(minutes)s minutes in which nothing happens, and after twelve "
                "hours at the latest. Please log in again."
            )
            % {"minutes": settings.SESSION_IDLE_MINUTES},
        )


def _is_news(request: HttpRequest, session: StaffSession, now: datetime) -> bool:
    length = StaffSession._meta.get_field("user_agent").max_length
    client = (get_adapter().get_client_ip(request), request.headers.get("User-Agent", "")[:length])
    return now - session.last_seen_at > NOTED_EVERY or client != (session.ip, session.user_agent)
