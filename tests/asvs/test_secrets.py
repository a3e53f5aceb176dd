"""Keys and passwords: where they come from, how long they are, how they are kept."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from tests.accounts.staff import LOGIN, log_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def quick(settings) -> None:
    """For what is not about how a password is kept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _session_key() -> str:
    store = SessionStore()
    store.create()
    return str(store.session_key)


SECRETS: dict[str, tuple[Callable[[], Any], int]] = {
    "session": (_session_key, 32),
    "csrf": (lambda: get_token(RequestFactory().get("/")), 32),
    "totp": (generate_totp_secret, 32),
    "recovery codes": (RecoveryCodes.generate_seed, 32),
    "pkce": (lambda: generate_code_challenge()["code_verifier"], 43),
}


@pytest.mark.parametrize("name", SECRETS)
def test_secret_is_long_and_comes_from_no_seed(name: str) -> None:
    make, length = SECRETS[name]
    random.seed(1)
    first = make()
    random.seed(1)
    second = make()

    assert len(first) >= length
    assert first != second


def test_password_is_kept_salted_by_a_slow_function_alone() -> None:
    anna, berta = staff(), staff("berta")
    hasher = get_hasher()

    assert identify_hasher(anna.password).algorithm == hasher.algorithm == "pbkdf2_sha256"
    assert hasher.iterations >= 600_000  # OWASP's figure of 2023 for this function
    assert hasher.decode(anna.password)["salt"] != hasher.decode(berta.password)["salt"]
    assert len(hasher.decode(anna.password)["salt"]) >= 22  # 128 bits in 62 letters and digits


def test_password_counts_as_it_was_typed(client: Client) -> None:
    long = " Ein Satz, länger als 64 Zeichen, mit Ümläuten, 'Zeichen' und 🌳 am Schluss, und ein Leerzeichen "
    staff(password=long)

    for wrong in (long.strip(), long[:72], long.lower(), f"{long}x"):
        assert not _gets_in(Client(), wrong), wrong
    assert _gets_in(client, long)


def _gets_in(client: Client, password: str) -> bool:
    return log_in(client, password=password).status_code == 302


def test_login_makes_a_new_session_and_ends_the_one_before(client: Client, quick: None) -> None:
    staff()
    client.get(LOGIN)
    session = client.session
    session["mark"] = "set before"
    session.save()
    before = client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    log_in(client)

    assert client.session.session_key != before
    assert not SessionStore().exists(before)


def test_ended_session_lets_nobody_in_again(client: Client, quick: None) -> None:
    staff()
    log_in(client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    address = "/verwaltung/konto/password/change/"
    assert thief.get(address).status_code == 200

    client.post("/verwaltung/konto/logout/")

    assert thief.get(address).status_code == 302


def test_key_for_a_new_password_counts_once_and_for_three_days_only(monkeypatch: pytest.MonkeyPatch) -> None:
    user = staff()
    key = default_token_generator.make_token(user)
    assert default_token_generator.check_token(user, key)
    assert not default_token_generator.check_token(user, f"{key[:-1]}x")

    later = default_token_generator._num_seconds
    monkeypatch.setattr(
        type(default_token_generator), "_num_seconds", lambda self, now: later(now) + 3 * 86_400 + 1
    )
    assert not default_token_generator.check_token(user, key)
    monkeypatch.undo()
    user.set_password("Ganz-anders-9")
    user.save()
    assert not default_token_generator.check_token(User.objects.get(), key)


def test_recovery_codes_are_ten_of_eight_digits() -> None:
    codes = RecoveryCodes.activate(staff()).generate_codes()

    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {8}  # more than 20 bits each
