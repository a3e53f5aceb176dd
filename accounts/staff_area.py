"""Who gets in below /verwaltung/: staff, and whoever may change what it says only with a second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.expired_forms import ACCOUNT_PAGES, AREA, not_sent
from strategy.pages.sender import is_sent_from_here

PUBLISH = "strategy.publish_edition"


def staff_area(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The account pages are open to all, so that everybody can log in and out; no browser keeps them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ACCOUNT_PAGES):
            response = get_response(request)
            response["Cache-Control"] = "private, no-store"
            return response
        refusal = _refusal(request) if request.path_info.startswith(AREA) else None
        return refusal or get_response(request)

    return middleware


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether this user needs an authenticator app or a passkey and has none. Recovery codes alone are none."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    has_one = is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
    return not has_one and needs_second_factor(user)


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whoever may publish speaks for the city; whoever has a role of SECOND_FACTOR_ROLES changes what it says."""
    return user.has_perm(PUBLISH) or user.groups.filter(name__in=settings.SECOND_FACTOR_ROLES).exists()


def _refusal(request: HttpRequest) -> HttpResponse | None:
    is_form = request.method == "POST" and is_sent_from_here(request)
    if not request.user.is_authenticated:
        # The views ask for the login, which would lose what was typed before it ended.
        return not_sent(request) if is_form else None
    if not request.user.is_staff:
        return render(request, "account/no_access.html", status=403)
    if lacks_second_factor(request.user):
        return not_sent(request, lacks_factor=True) if is_form else _to_set_up(request)
    return None


def _to_set_up(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request,
        _("Your account may change the strategy. For that it needs a second factor: please set one up."),
    )
    return redirect("mfa_index")
