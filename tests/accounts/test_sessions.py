"""Where somebody is logged in: listed, and ended by the user or an administrator."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.test import Client

from tests.accounts.staff import OPEN_TO_STAFF, is_logged_in, log_in, staff, text

pytestmark = pytest.mark.django_db

SESSIONS = "/verwaltung/konto/sessions/"


def test_sessions_are_listed_with_address_and_browser(client: Client) -> None:
    staff()
    staff("berta")
    log_in(client)
    log_in(Client(REMOTE_ADDR="192.0.2.7"), HTTP_USER_AGENT="Telefon")
    log_in(Client(REMOTE_ADDR="192.0.2.8"), "berta")

    page = text(client.get(SESSIONS))

    assert page.count("Seit ") == 2
    assert page.count("diese Sitzung") == 1
    assert "192.0.2.7" in page and "Telefon" in page
    assert "192.0.2.8" not in page


def test_other_sessions_are_ended(client: Client) -> None:
    staff()
    phone = Client()
    log_in(client)
    log_in(phone)

    page = client.post(SESSIONS, follow=True)

    assert "Alle anderen Sitzungen sind beendet." in text(page)
    assert "Alle anderen Sitzungen beenden" not in text(page)
    assert is_logged_in(client)
    assert phone.get(OPEN_TO_STAFF).status_code == 302


def test_new_password_ends_the_other_sessions(client: Client) -> None:
    staff()
    phone = Client()
    log_in(client)
    log_in(phone)
    new = {"oldpassword": "Ein-gutes-Passwort-7", "password1": "Ganz-anders-9", "password2": "Ganz-anders-9"}

    client.post("/verwaltung/konto/password/change/", new)

    assert client.get(OPEN_TO_STAFF).status_code == 200
    assert phone.get(OPEN_TO_STAFF).status_code == 302


def test_administrator_ends_a_session(client: Client) -> None:
    staff()
    phone = Client()
    log_in(phone)
    session = UserSession.objects.get()
    client.force_login(User.objects.create_superuser("chefin"))

    client.post(f"/verwaltung/accounts/staffsession/{session.pk}/delete/", {"post": "yes"})

    assert phone.get(OPEN_TO_STAFF).status_code == 302
