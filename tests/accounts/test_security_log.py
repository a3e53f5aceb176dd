"""What the security log says of logins and accounts: who, from where, what; never what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts.directory import DirectoryAdapter
from accounts.models import DirectoryLink, SecondFactor, StaffSession
from strategy.security_log import remember_request
from tests.accounts.staff import PASSWORD, add_app, app_code, log_in, staff

pytestmark = pytest.mark.django_db
CODES = "/verwaltung/konto/2fa/authenticate/"


def told(events: list[dict[str, str]], *parts: str) -> list[tuple[str, ...]]:
    return [tuple(each[part] for part in parts) for each in events]


def admin(name: str = "ada") -> Client:
    client = Client(REMOTE_ADDR="192.0.2.1")
    client.force_login(User.objects.create_superuser(name, f"{name}@herne.example", PASSWORD))
    return client


def test_login_and_logout_are_told_with_the_network_address(security_log: Callable) -> None:
    secret = add_app(staff())
    client = Client(REMOTE_ADDR="192.0.2.7")

    with security_log() as events:
        log_in(client)
        client.post(CODES, {"code": app_code(secret)})
        client.post("/verwaltung/konto/logout/")

    assert events == [
        {
            "event": "login",
            "account": "anna",
            "address": "192.0.2.7",
            "object": "-",
            "detail": "password,totp",
        },
        {"event": "logout", "account": "anna", "address": "192.0.2.7", "object": "-", "detail": "-"},
    ]


def test_what_somebody_may_not_do_is_told(client: Client, security_log: Callable) -> None:
    client.force_login(staff())

    with security_log() as events:
        page = client.get("/verwaltung/auth/user/?q=geheim")
        Client().get("/verwaltung/auth/user/")  # is only asked to log in

    assert page.status_code == 403
    assert told(events, "event", "account", "object") == [
        ("permission_denied", "anna", "/verwaltung/auth/user/")
    ]


def test_password_in_the_name_field_is_not_told(client: Client, security_log: Callable) -> None:
    staff()

    with security_log() as events:
        log_in(client, PASSWORD, "anna")
        log_in(client, "anna", "falsch-getippt")
        log_in(client, "ANNA", "falsch-getippt")
        log_in(client, "anna\n2027-01-01T00:00:00 event=login account=chef", "x")

    assert told(events, "event", "account") == [
        ("login_failed", "(unknown)"),
        ("login_failed", "anna"),
        ("login_failed", "anna"),
        ("login_failed", "(unknown)"),
    ]
    assert PASSWORD not in str(events) and "falsch" not in str(events) and "chef" not in str(events)


def test_account_that_is_locked_out_is_told(client: Client, security_log: Callable) -> None:
    staff()

    with security_log() as events:
        for _number in range(5):
            log_in(client, "anna", "falsch")
        for _number in range(3):  # told once a minute
            log_in(client)
        log_in(client, "anna", REMOTE_ADDR="192.0.2.8")

    assert told(events, "event", "account", "address") == [
        *[("login_failed", "anna", "127.0.0.1")] * 5,
        ("login_locked", "anna", "127.0.0.1"),
        ("login_locked", "anna", "192.0.2.8"),
    ]


def test_wrong_codes_and_the_lockout_after_them_are_told(client: Client, security_log: Callable) -> None:
    secret = add_app(staff())
    log_in(client)

    with security_log() as events:
        for number in range(5):
            client.post(CODES, {"code": f"00000{number}"})
        client.post(CODES, {"code": app_code(secret)})

    assert told(events, "event", "account") == [
        *[("second_factor_failed", "anna")] * 5,
        ("login_locked", "anna"),
    ]


def test_code_that_was_used_before_is_told(security_log: Callable) -> None:
    anna = staff()
    code = app_code(add_app(anna))
    first, second = Client(), Client()
    log_in(first)
    log_in(second)
    first.post(CODES, {"code": code})

    cache.delete(f"allauth.mfa.totp.used?user={anna.pk}&code={code}")  # as after half a minute
    with security_log() as events:
        second.post(CODES, {"code": code})

    assert told(events, "event", "account", "detail") == [("second_factor_failed", "anna", "used_before")]


def test_recovery_code_that_is_used_up_is_told(client: Client, security_log: Callable) -> None:
    anna = staff()
    add_app(anna)
    code = RecoveryCodes.activate(anna).get_unused_codes()[0]
    log_in(client)

    with security_log() as events:
        client.post(CODES, {"code": code})

    assert told(events, "event", "account", "detail") == [
        ("recovery_code_used", "anna", "-"),
        ("login", "anna", "password,recovery_codes"),
    ]
    assert code not in str(events)


def test_second_factors_are_told_whoever_adds_or_removes_them(security_log: Callable) -> None:
    anna = staff()
    client = admin()

    with security_log() as events:
        add_app(anna)
        RecoveryCodes.activate(anna)
        client.post(f"/verwaltung/accounts/secondfactor/{_first(SecondFactor).pk}/delete/", {"post": "yes"})
        Authenticator.objects.all().delete()

    assert told(events, "event", "account", "address", "object", "detail") == [
        ("second_factor_added", "(command)", "-", "user:anna", "totp"),
        ("second_factor_added", "(command)", "-", "user:anna", "recovery_codes"),
        ("second_factor_removed", "ada", "192.0.2.1", "user:anna", "totp"),
        ("second_factor_removed", "(command)", "-", "user:anna", "recovery_codes"),
    ]


def test_links_to_the_directory_are_told(security_log: Callable) -> None:
    anna = staff()
    client = admin()

    with security_log() as events:
        SocialAccount.objects.create(user=anna, provider="verzeichnis", uid="geheimer-schluessel")
        client.post(f"/verwaltung/accounts/directorylink/{_first(DirectoryLink).pk}/delete/", {"post": "yes"})

    assert told(events, "event", "account", "object") == [
        ("directory_link_added", "(command)", "user:anna"),
        ("directory_link_removed", "ada", "user:anna"),
    ]
    assert "geheim" not in str(events)


def test_login_that_the_directory_or_the_portal_refuses_is_told(
    client: Client, security_log: Callable, settings
) -> None:
    app = {
        "provider_id": "verzeichnis",
        "client_id": "portal",
        "settings": {"server_url": "http://localhost:1"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    known = SocialLogin(user=staff(is_active=False), account=SocialAccount(provider="verzeichnis"))
    known.state = {"process": "login"}
    request = RequestFactory(REMOTE_ADDR="192.0.2.7").get("/")

    with security_log() as events:
        client.get("/verwaltung/konto/oidc/verzeichnis/login/callback/?error=server_error&state=x")
        with pytest.raises(ImmediateHttpResponse):
            remember_request(lambda request: DirectoryAdapter().pre_social_login(request, known))(request)

    assert told(events, "event", "address")[-2:] == [
        ("directory_failed", "127.0.0.1"),
        ("directory_refused", "192.0.2.7"),
    ]


def test_sessions_that_are_ended_elsewhere_are_told(client: Client, security_log: Callable) -> None:
    staff()
    log_in(client)
    log_in(Client())
    ada = admin()

    with security_log() as events:
        client.post("/verwaltung/konto/sessions/")
        ada.post(f"/verwaltung/accounts/staffsession/{_first(StaffSession).pk}/delete/", {"post": "yes"})

    assert told(events, "event", "account", "object") == [
        ("session_ended", "anna", "user:anna"),
        ("session_ended", "ada", "user:anna"),
    ]


def _first(model: Any) -> Any:
    return model.objects.order_by("pk").first()
