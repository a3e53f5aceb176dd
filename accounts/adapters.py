"""Accounts of staff, as allauth asks for them: who has which address, and what is said when something is wrong."""

import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import encryption, known_origins
from accounts.security_events import locked_out
from strategy.network_address import network_address
from strategy.pages.qr import qr_code
from strategy.security_log import record

logger = logging.getLogger(__name__)

# Texts of allauth's forms that have another German here; the portal's catalogue comes before allauth's.
IN_OUR_WORDS = (
    _("You must type the same password each time."),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional "
        "requirements such as biometrics or PIN protection."
    ),
)


def staff_with_email(email: str) -> list[User]:
    """The active staff accounts with this address. Only the case of A to Z is ignored: no other letter stands
    for them."""
    accounts = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
    return [user for user in accounts if user.email.encode().lower() == email.encode().lower()]


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made in the administration, and nowhere else."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("This is not your current password."),
        "rate_limited": _("That was too often in a short time. Please wait a moment."),
        "too_many_login_attempts": _("Too many failed attempts. Please try again in a few minutes."),
        "username_password_mismatch": _("User name or password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """For its limits and the list of sessions."""
        return network_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whatever the host is called that was asked: with another name, an attacker has no other guesses."""
        login = credentials["username"].lower()
        return f"{login} {known_origins.origin(request, login, self.get_client_ip(request))}"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """All factors are given."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        address = self.get_client_ip(request)
        known_origins.remember(request, response, user.get_username().lower(), address)
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """An address at PUBLIC_URL, whichever host the request asked for."""
        return f"{settings.PUBLIC_URL}{urlsplit(super().get_reset_password_from_key_url(key)).path}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The security log says for whom a link was asked for; whoever asked is told nothing."""
        record("password_reset_asked", on=f"user:{user.get_username()}", request=self.request)
        super().send_password_reset_mail(user, email, context)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """As every refusal of allauth's; the security log has the one that looks at no password any more."""
        if code == "too_many_login_attempts":
            locked_out(self.request)
        return super().validation_error(code, *args)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell somebody that the account changed. The change stands even where no mail can be sent."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except Exception:
            logger.exception("The mail about a change of an account could not be sent.")


class AuthenticateForm(BaseAuthenticateForm):
    """A code lets in once, for as long as it counts."""

    def clean_code(self) -> str:
        return _used_once(self.user, super().clean_code())


class ReauthenticateForm(BaseReauthenticateForm):
    """Likewise where somebody confirms who they are."""

    def clean_code(self) -> str:
        return _used_once(self.user, super().clean_code())


def _used_once(user: User, code: str) -> str:
    """allauth remembers a used code for half a minute, but with MFA_TOTP_TOLERANCE it counts for three halves."""
    digits = "".join(filter(str.isdigit, code))
    if not cache.add(f"used-code:{user.pk}:{digits}", True, timeout=120):
        record("second_factor_failed", account=user.get_username(), detail=["used_before"])
        raise ValidationError(DefaultMFAAdapter.error_messages["incorrect_code"])
    return code


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions that somebody ends elsewhere."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        for session in sessions:
            record("session_ended", on=f"user:{session.user.get_username()}")
            session.end()


class SecondFactorAdapter(DefaultMFAAdapter):
    """How the portal is called in an app, how it keeps secrets, and a QR code that needs no inline style."""

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where the key is missing, a page says that it lies with the portal."""
        try:
            return encryption.decrypt(encrypted_text)
        except encryption.MissingKey as missing:
            logger.error("A second factor cannot be read: %s", missing)
            page = render(context.request, "mfa/unreadable.html", status=503)
            raise ImmediateHttpResponse(page) from missing

    def get_totp_issuer(self) -> str:
        return gettext("Sustainability strategy")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def build_totp_svg(self, url: str) -> SafeString:
        return qr_code(url, gettext("QR code for the authenticator app"))
