"""What allauth keeps of the accounts, under the names that the administration uses. No table of their own."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SecondFactor(Authenticator):
    """What somebody shows beside the password: an app, a passkey, or the recovery codes for the loss of these."""

    class Meta:
        proxy = True
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"

    @property
    def kind(self) -> str:
        """What of the three it is, in words."""
        names = {
            Authenticator.Type.TOTP: _("Authenticator app"),
            Authenticator.Type.WEBAUTHN: _("Passkey"),
            Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
        }
        return str(names[Authenticator.Type(self.type)])


class DirectoryLink(SocialAccount):
    """Which person of the city's directory an account belongs to."""

    class Meta:
        proxy = True
        verbose_name = _("link to the directory")
        verbose_name_plural = _("links to the directory")


class StaffSession(UserSession):
    """Where somebody is logged in."""

    class Meta:
        proxy = True
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def is_over(self, now: datetime) -> bool:
        """Whether nothing happened in it for too long, or the login was too long ago."""
        idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES)
        longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return now >= self.last_seen_at + idle or now >= self.created_at + longest
