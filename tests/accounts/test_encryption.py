"""Secrets of second factors are stored encrypted, with keys of their own that can be exchanged."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.checks import check_secrets
from accounts.encryption import name_of
from herne_strategy.checks import log_problems
from tests.accounts.staff import add_app, app_code, is_logged_in, log_in, staff, text

pytestmark = pytest.mark.django_db

OLD, NEW = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=", "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s="
CODES = "/verwaltung/konto/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _old_key(settings) -> None:
    settings.SECOND_FACTOR_KEYS = [OLD]


def stored() -> str:
    """The table of second factors, as somebody reads it who got hold of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mfa_authenticator")
        return str(cursor.fetchall())


def gets_in(name: str, code: str) -> bool:
    client = Client()
    log_in(client, name)
    client.post(CODES, {"code": code})
    return is_logged_in(client)


def rotate(*arguments: str) -> str:
    printed = StringIO()
    call_command("rotate_second_factor_keys", *arguments, stdout=printed)
    return printed.getvalue()


def plain_factors(user: User, secret: str, seed: str) -> None:
    """What an earlier version of the portal stored."""
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": seed, "used_mask": 0})


def test_database_tells_no_secret() -> None:
    user = staff()
    secret = add_app(user)
    codes = RecoveryCodes.activate(user)

    assert secret not in stored()
    assert not any(code in stored() for code in codes.generate_codes())
    assert stored().count(f"{name_of(OLD)}:gAAAAA") == 2
    assert gets_in("anna", app_code(secret))


def test_new_key_reads_and_exchanges_what_the_old_one_encrypted(settings) -> None:
    user = staff()
    secret = add_app(user)
    code, other_code = RecoveryCodes.activate(user).generate_codes()[:2]
    settings.SECOND_FACTOR_KEYS = [NEW, OLD]

    assert gets_in("anna", code)
    assert (
        rotate("--dry-run") == f"Zu verschlüsseln: 2. Schon mit dem ersten Schlüssel ({name_of(NEW)}): 0.\n"
    )
    done, again = rotate(), rotate()
    settings.SECOND_FACTOR_KEYS = [NEW]

    assert done.startswith(f"Verschlüsselt: 2. Schon mit dem ersten Schlüssel ({name_of(NEW)}): 0.\n")
    assert f"Kein zweiter Faktor braucht die Schlüssel nach dem ersten noch ({name_of(OLD)})" in done
    assert again.startswith(f"Verschlüsselt: 0. Schon mit dem ersten Schlüssel ({name_of(NEW)}): 2.\n")
    assert gets_in("anna", app_code(secret)) and gets_in("anna", other_code)
    assert not gets_in("anna", code)  # used before


def test_what_an_earlier_version_stored_works_and_is_encrypted_by_the_command() -> None:
    secret, seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "ab" * 40
    plain_factors(staff(), secret, seed)

    before = check_secrets(["default"])
    works = gets_in("anna", app_code(secret))
    rotate()

    assert works
    assert [(each.id, each.msg) for each in before] == [
        (
            "accounts.W001",
            "Second factors not encrypted with the first key: 2, of them not encrypted at all: 2.",
        )
    ]
    assert check_secrets(["default"]) == []
    assert secret not in stored() and seed not in stored()
    assert gets_in("anna", app_code(secret, 1))


@pytest.mark.parametrize("code", ["recovery", "app"])
def test_missing_key_is_a_page_that_says_so_and_a_line_that_names_it(
    client: Client, settings, caplog, code: str
) -> None:
    user = staff()
    secret = add_app(user)
    codes = {"app": app_code(secret), "recovery": RecoveryCodes.activate(user).generate_codes()[0]}
    settings.SECOND_FACTOR_KEYS = [NEW]

    log_in(client)
    page = client.post(CODES, {"code": codes[code]})

    assert page.status_code == 503
    assert "Das liegt am Portal, nicht an Ihnen oder Ihrem Code." in text(page)
    assert (
        f"A second factor cannot be read: SECOND_FACTOR_KEYS lacks the key {name_of(OLD)}." in caplog.messages
    )
    assert not is_logged_in(client)


def test_missing_key_changes_nothing_and_is_named_by_command_check_and_log(settings, caplog) -> None:
    add_app(staff())
    settings.SECOND_FACTOR_KEYS = [NEW]
    before = stored()

    with pytest.raises(CommandError) as refused:
        rotate()
    log_problems()

    missing = name_of(OLD)
    assert str(refused.value) == (
        f"Nicht lesbar: 1. In SECOND_FACTOR_KEYS fehlt der Schlüssel dafür: {missing} (1)."
    )
    assert stored() == before
    assert f"SECOND_FACTOR_KEYS lacks the key {missing}." in caplog.text
    assert [each.msg for each in check_secrets(["default"])] == [
        f"Second factors that cannot be read: 1. SECOND_FACTOR_KEYS lacks the key {missing}."
    ]


def test_check_is_silent_without_a_database_to_look_at() -> None:
    add_app(staff())

    assert check_secrets() == check_secrets([]) == check_secrets(["default"]) == []
