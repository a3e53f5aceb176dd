"""The login through the city's directory (OpenID Connect). It lets in whom the administration knows, nobody else."""

import logging
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from requests import RequestException

from accounts.adapters import staff_with_email
from strategy.security_log import record

logger = logging.getLogger(__name__)


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """At the first login, the address that the directory has verified names the account; from then on the
    directory's own key for the person does, which no later holder of the address has."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The page says that it did not work; the security log that somebody tried."""
        record("directory_failed")
        super().on_authentication_error(request, *args, **kwargs)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """Of what the directory tells about a person, nothing but its key is kept. It must tell the same key both
        times: signed for this portal (ID token) and when asked (userinfo)."""
        user = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.extra_data
        if {told.get(part, {}).get("sub") for part in ("id_token", "userinfo")} != {sociallogin.account.uid}:
            _refuse(request, _("The directory did not say for certain who you are."))
        sociallogin.account.extra_data = {}
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            _refuse(request, _("Accounts are linked by logging in through the directory, in no other way."))
        if not sociallogin.is_existing:
            sociallogin.connect(request, _known_user(request, sociallogin))
        user = sociallogin.user
        if not (user and user.is_active and user.is_staff):
            _refuse(request, _no_account())


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the directory; where it cannot be reached, a page that says so."""
    try:
        return views.login(request, provider_id)
    except RequestException:
        logger.exception("The directory cannot be reached.")
        return render(request, "socialaccount/authentication_error.html", status=503)


def _known_user(request: HttpRequest, sociallogin: SocialLogin) -> User:
    """The one account that has the address, and no other person of the directory yet."""
    verified = [address.email for address in sociallogin.email_addresses if address.verified is True]
    if not verified:
        _refuse(
            request, _("The directory did not confirm your e-mail address, so we cannot tell who you are.")
        )
    users = staff_with_email(verified[0])
    if len(users) != 1:
        _refuse(request, _no_account())
    provider = sociallogin.account.provider
    if SocialAccount.objects.filter(user=users[0], provider=provider).exists():
        _refuse(request, _("The account with your e-mail address belongs to another entry of the directory."))
    return users[0]


def _no_account() -> str:
    return _("There is no account here for your e-mail address that may log in.")


def _refuse(request: HttpRequest, reason: str) -> NoReturn:
    record("directory_refused")
    raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", {"reason": reason}, status=403))
