"""Guessing passwords and codes is held up: in every process, for the client's own address."""

from pathlib import Path

import pytest
from django.test import Client

from tests.accounts.staff import add_app, app_code, is_logged_in, log_in, staff, text
from tests.strategy.own_database import own_database, report_of

ENOUGH = "Zu viele gescheiterte Versuche"
WRONG = "Anmeldename oder Passwort ist falsch"


@pytest.mark.django_db
def test_after_five_failures_the_right_password_waits_too(client: Client) -> None:
    staff()
    staff("berta")

    told = [text(log_in(client, "anna", "falsch")) for _number in range(5)]
    page = log_in(client)
    log_in(client, "berta")

    assert [WRONG in words for words in told] == [True] * 5
    assert f"{ENOUGH}. Bitte versuchen Sie es in ein paar Minuten noch einmal." in text(page)
    assert is_logged_in(client)
    assert client.get("/verwaltung/konto/sessions/").context["user"].username == "berta"


@pytest.mark.django_db
def test_one_address_may_not_try_many_accounts(client: Client) -> None:
    staff()

    for number in range(10):
        log_in(client, f"name-{number}", "falsch")
    page = log_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    log_in(elsewhere)

    assert ENOUGH in text(page)
    assert is_logged_in(elsewhere)


@pytest.mark.django_db
def test_codes_cannot_be_guessed(client: Client) -> None:
    secret = add_app(staff())
    log_in(client)
    address = "/verwaltung/konto/2fa/authenticate/"

    told = [text(client.post(address, {"code": f"00000{number}"})) for number in range(5)]
    page = client.post(address, {"code": app_code(secret)})

    assert ["Falscher Code." in words for words in told] == [True] * 5
    assert ENOUGH in text(page)
    assert not is_logged_in(client)


@pytest.mark.django_db
def test_address_that_the_client_made_up_does_not_help(client: Client, settings) -> None:
    settings.BEHIND_PROXY = 2
    staff()
    hops = "203.0.113.9, 10.0.0.2"

    for number in range(10):
        log_in(client, f"name-{number}", "falsch", headers={"X-Forwarded-For": f"192.0.2.{number}, {hops}"})
    page = log_in(client, headers={"X-Forwarded-For": f"192.0.2.99, {hops}"})

    assert ENOUGH in text(page)


def test_failures_in_one_process_count_in_the_other(tmp_path: Path) -> None:
    """The table for it is made by `migrate` alone."""
    with own_database(tmp_path) as url:
        report_of("tests.accounts.attempts", url)

        told = [report_of("tests.accounts.attempts", url, count) for count in (2, 5, 0)]

    assert told == [[WRONG, WRONG, "logged in"], [*[WRONG] * 5, ENOUGH], [ENOUGH]]
