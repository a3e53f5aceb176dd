"""Accounts of staff, as allauth asks for them: who has which address, and what is said when something is wrong."""

import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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


class ResetPasswordForm(BaseResetPasswordForm):
    """A new password is only for accounts that have one: the others log in through the city's directory."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.users = [user for user in staff_with_email(email) if user.has_usable_password()]
        self._try_the_mail_server()  # whether or not there is such an account: the answer tells nobody
        return email

    def _try_the_mail_server(self) -> None:
        try:
            connection = get_connection()
            connection.open()
            connection.close()
        except OSError as error:
            logger.exception("The mail server does not answer.")
            raise ValidationError(
                gettext("The portal cannot send e-mails at the moment. Please try again later.")
            ) from error


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
        raise ValidationError(DefaultMFAAdapter.error_messages["incorrect_code"])
    return code


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions that somebody ends elsewhere."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        for session in sessions:
            record("session_ended", on=f"user:{session.user.get_username()}")
            session.end()


class SecondFactorAdapter(DefaultMFAAdapter):
    """How the portal is called in an app, and a QR code that needs no inline style."""

    def get_totp_issuer(self) -> str:
        return gettext("Sustainability strategy")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def build_totp_svg(self, url: str) -> SafeString:
        return qr_code(url, gettext("QR code for the authenticator app"))
