"""“Forgotten the password”: a link by mail to whoever has an account with a password; nobody else gets a mail.

The answer and the time that it takes are the same for every address: whether the mail server works is tried before it
for all, and the mail to an account goes out after it.
"""

import logging

from allauth.account import views
from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from allauth.core import context
from django.core.mail import get_connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from accounts.adapters import staff_with_email

logger = logging.getLogger(__name__)


class ResetPasswordForm(BaseResetPasswordForm):
    """A new password is only for accounts that have one: the others log in through the city's directory."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.users = [user for user in staff_with_email(email) if user.has_usable_password()]
        return email

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Try the mail server (OSError where it does not answer). `send` does the rest."""
        self.connection = get_connection()
        self.connection.open()
        return str(self.cleaned_data["email"])

    def send(self, request: HttpRequest) -> None:
        """Mail the link, where there is an account."""
        try:
            with context.request_context(request):
                super().save(request)
            self.connection.close()
        except Exception:
            logger.exception("The mail with the link to a new password could not be sent.")


class PasswordReset(views.PasswordResetView):
    """Asks for the address, within limits that `ACCOUNT_RATE_LIMITS` sets."""

    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except OSError:
            logger.exception("The mail server does not answer.")
            form.add_error(
                None, gettext("The portal cannot send e-mails at the moment. Please try again later.")
            )
            return self.form_invalid(form)
        if hasattr(form, "connection"):  # not where it was asked for too often
            response._resource_closers.append(lambda: form.send(self.request))  # type: ignore[attr-defined]
        return response
