"""Guesses from elsewhere do not lock somebody out where they are known; and nobody gets more guesses by it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client

from tests.accounts.staff import LOGIN, add_app, app_code, is_logged_in, log_in, staff, text
from tests.accounts.test_login_limits import ENOUGH, WRONG

pytestmark = pytest.mark.django_db

HOME, SAME_NETWORK, ELSEWHERE = "198.51.100.7", "198.51.100.201", "203.0.113.9"


def at(address: str, name: str = "anna") -> Client:
    """A browser at this address, in which somebody has logged in and out again."""
    client = Client(REMOTE_ADDR=address)
    log_in(client, name)
    assert is_logged_in(client)
    client.post("/verwaltung/konto/logout/")
    return client


def guess(client: Client, name: str = "anna", times: int = 5, **extra: Any) -> list[str]:
    return [text(log_in(client, name, "falsch", **extra)) for _number in range(times)]


def test_guesses_from_elsewhere_lock_out_nobody_in_a_browser_they_know() -> None:
    staff()
    known = at(HOME)

    guess(Client(REMOTE_ADDR=ELSEWHERE))
    stranger = Client(REMOTE_ADDR="192.0.2.1")
    refused = text(log_in(stranger))
    known.defaults["REMOTE_ADDR"] = "192.0.2.2"  # a laptop on its way
    log_in(known)

    assert ENOUGH in refused
    assert is_logged_in(known)


@pytest.mark.parametrize(
    ("before", "now", "is_known"),
    [
        (HOME, SAME_NETWORK, True),
        (HOME, "198.51.101.7", False),
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::4", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
        (f"::ffff:{HOME}", SAME_NETWORK, True),
    ],
)
def test_guesses_from_elsewhere_lock_out_nobody_on_a_network_they_know(
    before: str, now: str, is_known: bool
) -> None:
    staff()
    at(before)
    guess(Client(REMOTE_ADDR=ELSEWHERE))

    other_browser = Client(REMOTE_ADDR=now)
    log_in(other_browser)

    assert is_logged_in(other_browser) == is_known


def test_known_for_one_account_is_not_known_for_another() -> None:
    staff()
    staff("berta")
    known = at(HOME)
    guess(Client(REMOTE_ADDR=ELSEWHERE), "berta")

    assert ENOUGH in text(log_in(known, "berta"))


def test_known_browsers_and_networks_have_limits_of_their_own() -> None:
    staff()
    known, other = at(HOME), Client(REMOTE_ADDR=SAME_NETWORK)

    in_browser, from_network = guess(known, times=6), guess(other, times=6)
    known.defaults["REMOTE_ADDR"] = other.defaults["REMOTE_ADDR"] = (
        "198.51.100.9"  # not the limit of an address
    )

    for told in (in_browser, from_network):
        assert [WRONG in words for words in told] == [True] * 5 + [False]
    assert ENOUGH in text(log_in(known)) and ENOUGH in text(log_in(other))


def test_password_alone_makes_no_browser_known() -> None:
    """Who has found out the password and lacks the second factor is a stranger still."""
    secret = add_app(staff())
    client = Client(REMOTE_ADDR=HOME)

    log_in(client)
    before = "known_browser" in client.cookies
    client.post("/verwaltung/konto/2fa/authenticate/", {"code": app_code(secret)})

    assert (before, "known_browser" in client.cookies) == (False, True)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "eins:zwei:drei",
        pytest.param(TimestampSigner(salt="berta").sign("zufall"), id="of another person"),
    ],
)
def test_invented_cookie_is_no_known_browser(cookie: str) -> None:
    staff()
    guess(Client(REMOTE_ADDR=ELSEWHERE))

    client = Client(REMOTE_ADDR="192.0.2.1")
    client.cookies["known_browser"] = cookie

    assert ENOUGH in text(log_in(client))


def test_another_name_of_the_host_gives_no_further_guesses(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    staff()
    client = Client(REMOTE_ADDR=ELSEWHERE)

    told = [guess(client, times=1, SERVER_NAME=f"host-{number}.example") for number in range(6)]

    assert [ENOUGH in words for (words,) in told] == [False] * 5 + [True]


def test_cookie_and_cache_name_neither_person_nor_network() -> None:
    staff()
    client = at(HOME)

    cookie = client.cookies["known_browser"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cache_key, value FROM herne_strategy_cache WHERE cache_key LIKE '%known-network%'"
        )
        rows = cursor.fetchall()

    assert cookie["httponly"] and cookie["max-age"] == 90 * 24 * 60 * 60
    assert "anna" not in cookie.value and HOME not in cookie.value
    assert len(rows) == 1
    assert "anna" not in str(rows) and "198.51" not in str(rows)


def test_network_is_forgotten() -> None:
    staff()
    at(HOME)
    guess(Client(REMOTE_ADDR=ELSEWHERE))
    cache.clear()  # as after thirty days
    guess(Client(REMOTE_ADDR=ELSEWHERE))

    assert ENOUGH in text(log_in(Client(REMOTE_ADDR=SAME_NETWORK)))


def test_confirming_who_one_is_counts_where_one_is_known() -> None:
    staff()
    client = Client(REMOTE_ADDR=HOME)
    log_in(client)
    guess(Client(REMOTE_ADDR=ELSEWHERE))

    page = client.post("/verwaltung/konto/reauthenticate/", {"password": "Ein-gutes-Passwort-7"})

    assert page.status_code == 302
    assert client.get(LOGIN).status_code == 302
