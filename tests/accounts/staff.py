"""Staff for the tests of the login: accounts, authenticator apps, and the words on a page."""

import html
import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from strategy.editions.models import Edition

PASSWORD = "Ein-gutes-Passwort-7"
LOGIN = "/verwaltung/konto/login/"
OPEN_TO_STAFF = "/verwaltung/jsi18n/"  # an address of the admin that needs no further right


def staff(name: str = "anna", **changed: Any) -> User:
    """An account that may work in the admin."""
    values = {"email": f"{name}@herne.example", "is_staff": True, "password": PASSWORD, **changed}
    return User.objects.create_user(name, **values)


def publisher(name: str = "paul") -> User:
    """Somebody who may publish editions."""
    kind = ContentType.objects.get_for_model(Edition)
    permission, _is_new = Permission.objects.get_or_create(codename="publish_edition", content_type=kind)
    user = staff(name)
    user.user_permissions.add(permission)
    return User.objects.get(pk=user.pk)


def log_in(client: Client, name: str = "anna", password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": name, "password": password}, **extra)


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def add_app(user: User) -> str:
    """Give the user an authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def app_code(secret: str, halves: int = 0) -> str:
    """What the authenticator app shows now, or where its clock goes wrong by so many half minutes. Never in the
    last second of it."""
    if time.time() % 30 > 29:
        time.sleep(1)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + halves))


def text(response: Any) -> str:
    """The words of a page, as a reader sees them."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())
