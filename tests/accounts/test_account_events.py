"""What the security log says of changed accounts: passwords, roles and rights, whichever door they come by."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from tests.accounts.staff import log_in, staff

pytestmark = pytest.mark.django_db


def told(events: list[dict[str, str]], *parts: str) -> list[tuple[str, ...]]:
    return [tuple(each[part] for part in parts) for each in events]


def test_password_is_told_when_asked_for_and_changed(
    client: Client, security_log: Callable, mailoutbox: list[Any]
) -> None:
    staff()
    new = {"password1": "Ganz-anders-9", "password2": "Ganz-anders-9"}

    with security_log() as events:
        client.post("/verwaltung/konto/password/reset/", {"email": "anna@herne.example"})
        client.post("/verwaltung/konto/password/reset/", {"email": "niemand@herne.example"})
        link = next(word for word in mailoutbox[0].body.split() if "/reset/key/" in word)
        page = client.get(link.partition("8000")[2], follow=True)
        client.post(page.redirect_chain[-1][0], new)
        log_in(client, "anna", "Ganz-anders-9")
        client.post(
            "/verwaltung/konto/password/change/",
            {"oldpassword": "Ganz-anders-9", **_twice("Nochmals-anders-8")},
        )

    assert told(events, "event", "account", "object") == [
        ("password_reset_asked", "(nobody)", "user:anna"),
        ("password_changed", "(nobody)", "user:anna"),
        ("login", "anna", "-"),
        ("password_changed", "anna", "user:anna"),
    ]


def test_password_that_is_stored_in_a_newer_way_is_not_changed(
    client: Client, security_log: Callable, settings
) -> None:
    staff()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]

    with security_log() as events:
        log_in(client)

    assert User.objects.get().password.startswith("pbkdf2")
    assert told(events, "event") == [("login",)]


def test_accounts_and_roles_are_told_with_what_changed(security_log: Callable) -> None:
    with security_log() as events:
        anna = staff()
        anna.groups.set([Group.objects.create(name="Leserin")])
        anna.is_superuser, anna.email = True, "neu@herne.example"
        anna.save()
        anna.groups.clear()
        anna.first_name = "Anna"
        anna.save()
        anna.delete()

    assert told(events, "event", "account", "object", "detail") == [
        ("account_added", "(command)", "user:anna", "is_active:1,is_staff:1,is_superuser:0"),
        ("rights_changed", "(command)", "user:anna", "+role:Leserin"),
        ("account_changed", "(command)", "user:anna", "is_superuser:1,email"),
        ("rights_changed", "(command)", "user:anna", "-all"),
        ("account_deleted", "(command)", "user:anna", "-"),
    ]
    assert "neu@" not in str(events)


def test_rights_of_roles_are_told_once_they_differ(security_log: Callable) -> None:
    call_command("create_roles", verbosity=0)
    role = Group.objects.get(name="Lesen")
    right = role.permissions.get(codename="view_edition")

    with security_log() as events:
        role.permissions.remove(right)
        call_command("create_roles", verbosity=0)

    assert told(events, "event", "object", "detail") == [
        ("rights_changed", "role:Lesen", "-right:view_edition"),
        ("rights_changed", "role:Lesen", "+right:view_edition"),
    ]


def _twice(password: str) -> dict[str, str]:
    return {"password1": password, "password2": password}
