"""The mail with which somebody new chooses a password."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def invite(request: HttpRequest, user: User, *, message: str = "") -> None:
    """Send the link, with what whoever invites wrote. The account stands even where no mail can be sent; then it is
    said how to go on."""
    key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    address = reverse("account_reset_password_from_key", args=key)
    context = {"user": user, "address": f"{settings.PUBLIC_URL}{address}", "message": message}
    text = render_to_string("accounts/invitation.txt", context, request)
    try:
        send_mail(_("Your account for the sustainability strategy"), text, None, [user.email])
    except OSError:
        logger.exception("The mail to a new account could not be sent.")
        messages.error(
            request,
            _(
                "The mail could not be sent. The account is there: “Forgotten the password” on the login page "
                "sends another one."
            ),
        )
    else:
        messages.success(request, _("A mail to %(email)s tells how to log in.") % {"email": user.email})
