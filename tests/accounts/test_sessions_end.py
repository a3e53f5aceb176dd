"""Sessions end when nothing happens in them, and at the latest twelve hours after the login; nothing typed is lost."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from strategy.editions.models import Strategy
from tests.accounts.staff import LOGIN, OPEN_TO_STAFF, is_logged_in, log_in, staff, text
from tests.accounts.test_expired_forms import OURS, TITLE_PAGE, TYPED, browser, kept
from tests.herne_strategy.test_settings import read, start

pytestmark = pytest.mark.django_db

ENDED = "Ihre Anmeldung ist abgelaufen: Sie endet nach 60 Minuten, in denen nichts geschieht"


def let_pass(minutes: float, *, since: str = "last_seen_at") -> None:
    """As if the last request, or the login, was so long ago."""
    UserSession.objects.update(**{since: timezone.now() - timedelta(minutes=minutes)})


@pytest.mark.parametrize(("minutes", "is_in"), [(58.5, True), (60, False), (600, False)])
def test_session_without_a_request_ends(client: Client, minutes: float, is_in: bool) -> None:
    staff()
    log_in(client)
    key = client.session.session_key
    let_pass(minutes)

    answer = client.get(OPEN_TO_STAFF)

    assert (answer.status_code == 200, is_logged_in(client)) == (is_in, is_in)
    assert Session.objects.filter(session_key=key).exists() == is_in
    assert UserSession.objects.exists() == is_in


def test_login_page_says_why_and_leads_back(client: Client) -> None:
    staff()
    log_in(client)
    let_pass(60)

    page = client.get(OPEN_TO_STAFF, follow=True)
    log_in(client)

    assert page.redirect_chain[-1][0] == f"{LOGIN}?next={OPEN_TO_STAFF}"
    assert ENDED in text(page)
    assert is_logged_in(client)


def test_each_request_prolongs_it(client: Client) -> None:
    staff()
    log_in(client)

    for _hour in range(3):
        let_pass(50)
        assert client.get(OPEN_TO_STAFF).status_code == 200
        let_pass(50)
        assert client.get("/verwaltung/konto/sessions/typing/").status_code == 200


@pytest.mark.parametrize(("minutes", "is_in"), [(12 * 60 - 1, True), (12 * 60, False)])
def test_session_in_use_ends_twelve_hours_after_the_login(client: Client, minutes: int, is_in: bool) -> None:
    staff()
    log_in(client)
    let_pass(minutes, since="created_at")

    client.get(OPEN_TO_STAFF)

    assert is_logged_in(client) == is_in


def test_what_was_typed_for_too_long_is_kept_and_saved_after_a_new_login() -> None:
    Strategy.objects.create(city="Herne", title="Strategie")
    user = User.objects.create_superuser("anna")
    client = browser(user)
    client.get(TITLE_PAGE)
    let_pass(90)

    refused = client.post(TITLE_PAGE, {"city": "Herne", "title": "Strategie", **TYPED}, headers=OURS)
    before = Strategy.current().subtitle
    client.force_login(user)
    saved = client.post(TITLE_PAGE, kept(refused.content.decode()), headers=OURS)

    assert "Ihre Anmeldung ist inzwischen abgelaufen." in text(refused)
    assert before == ""
    assert saved.status_code == 302
    assert Strategy.current().subtitle == TYPED["subtitle"]


@pytest.mark.parametrize(("minutes", "is_noted"), [(0.5, False), (1.5, True)])
def test_session_is_noted_once_a_minute(client: Client, minutes: float, is_noted: bool) -> None:
    staff()
    log_in(client)
    let_pass(minutes)

    with CaptureQueriesContext(connection) as queries:
        client.get(OPEN_TO_STAFF)

    assert any(query["sql"].startswith("UPDATE") for query in queries) == is_noted
    assert queries.captured_queries


def test_session_is_noted_when_its_browser_changes(client: Client) -> None:
    staff()
    log_in(client)

    client.get(OPEN_TO_STAFF, HTTP_USER_AGENT="Telefon", REMOTE_ADDR="192.0.2.7")

    assert UserSession.objects.values_list("user_agent", "ip").get() == ("Telefon", "192.0.2.7")


def test_session_of_an_earlier_version_is_noted(client: Client) -> None:
    client.force_login(staff())
    UserSession.objects.all().delete()

    assert client.get(OPEN_TO_STAFF).status_code == 200
    assert UserSession.objects.count() == 1


def test_setting_is_a_sensible_number_of_minutes() -> None:
    assert read()["SESSION_IDLE_MINUTES"] == 60
    assert read(SESSION_IDLE_MINUTES="30")["SESSION_IDLE_MINUTES"] == 30
    for value in ("4", "721", "lange"):
        said = f'Environment: SESSION_IDLE_MINUTES is "{value}"; it must be a number from 5 to 720.\n'
        assert start(SESSION_IDLE_MINUTES=value) == (3, said)


def test_cookies_are_named_so_that_browsers_take_them_over_https_alone() -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "KNOWN_BROWSER_COOKIE_NAME")
    https, http = read(), read(PUBLIC_URL="http://strategie.example.de")

    assert [https[name] for name in names] == [
        "__Secure-sessionid",
        "__Secure-csrftoken",
        "__Secure-known_browser",
    ]
    assert https["SESSION_COOKIE_SECURE"] and https["CSRF_COOKIE_SECURE"]
    assert [http[name] for name in names] == ["sessionid", "csrftoken", "known_browser"]
