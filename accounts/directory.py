"""The login through the city's directory (OpenID Connect). It lets in whom the administration knows, nobody else."""

import logging
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from requests import RequestException

from accounts.adapters import staff_with_email
from accounts.openid import DirectoryProtocol
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

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        found = super().get_provider(request, provider, client_id)
        found.oauth2_adapter_class = DirectoryProtocol
        return found

    def get_requests_session(self) -> Any:
        """The directory answers where the portal was told to ask, and sends it nowhere else."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

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
    """On to the directory."""
    return _answer(request, provider_id, OAuth2LoginView)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the directory."""
    return _answer(request, provider_id, OAuth2CallbackView)


def _answer(request: HttpRequest, provider_id: str, view: type[OAuth2View]) -> HttpResponse:
    """The view's, or a page that says that the directory cannot be reached or does not answer as it should."""
    try:
        response: HttpResponse = view.adapter_view(DirectoryProtocol(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException):
        logger.exception("The directory cannot be reached, or does not answer as it should.")
        response = render(request, "socialaccount/authentication_error.html", status=503)
    return response


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
