"""Logging in and out: one page for all, for staff that the administration made, and nothing told to others."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from accounts.adapters import staff_with_email
from strategy.editions.library import library
from tests.accounts.staff import LOGIN, OPEN_TO_STAFF, is_logged_in, log_in, staff, text
from tests.published import publish

pytestmark = pytest.mark.django_db

CHANGE = "/verwaltung/konto/password/change/"


def test_admin_leads_to_the_login_and_back(client: Client) -> None:
    staff()

    asked = client.get("/verwaltung/strategy/edition/", follow=True)
    done = client.post(
        LOGIN, {"login": "anna", "password": "Ein-gutes-Passwort-7", "next": "/verwaltung/jsi18n/"}
    )

    assert asked.redirect_chain[-1] == (f"{LOGIN}?next=/verwaltung/strategy/edition/", 302)
    assert "Für alle, die die Strategie bearbeiten." in text(asked)
    assert 'name="next" value="/verwaltung/strategy/edition/"' in asked.content.decode()
    assert done["Location"] == "/verwaltung/jsi18n/"
    assert is_logged_in(client)


def test_login_page_belongs_to_the_city(client: Client) -> None:
    publish("eins")

    page = client.get(LOGIN).content.decode()

    assert f"Stadt {library.shown().frozen.meta['city']}</span>" in page


def test_preview_leads_to_the_login_too(client: Client) -> None:
    asked = client.get("/verwaltung/vorschau/", follow=True)

    assert asked.redirect_chain[-1] == (f"{LOGIN}?next=/verwaltung/vorschau/", 302)


def test_login_leads_to_no_other_host(client: Client) -> None:
    staff()

    data = {"login": "anna", "password": "Ein-gutes-Passwort-7", "next": "https://example.org/"}
    response = client.post(LOGIN, data)

    assert response["Location"] == "/verwaltung/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "falsch"), ("niemand", "Ein-gutes-Passwort-7"), ("inge", "Ein-gutes-Passwort-7")],
)
def test_wrong_password_unknown_and_closed_accounts_are_told_the_same(
    client: Client, name: str, password: str
) -> None:
    staff()
    staff("inge", is_active=False)

    page = log_in(client, name, password)

    assert "Fehler: Anmeldename oder Passwort ist falsch." in text(page)
    assert not is_logged_in(client)


def test_whoever_is_no_staff_reads_so_and_can_log_out(client: Client) -> None:
    staff("gast", is_staff=False)

    page = log_in(client, "gast", follow=True)

    assert page.status_code == 403
    assert page.redirect_chain == [("/verwaltung/", 302)]
    assert "Sie sind als „gast“ angemeldet. Dieses Konto darf nicht in der Verwaltung arbeiten." in text(page)
    assert client.get("/verwaltung/vorschau/").status_code == 403
    client.post("/verwaltung/konto/logout/")
    assert not is_logged_in(client)


def test_admins_own_pages_for_account_matters_lead_to_ours(client: Client) -> None:
    client.force_login(staff())

    assert client.get("/verwaltung/login/")["Location"] == "/verwaltung/"
    assert client.get("/verwaltung/password_change/")["Location"] == CHANGE
    assert client.post("/verwaltung/logout/")["Location"] == LOGIN
    assert not is_logged_in(client)
    assert "Sie sind abgemeldet." in text(client.get(LOGIN))


def test_account_pages_are_kept_by_no_browser_and_their_cookies_go_nowhere_else(client: Client) -> None:
    staff()

    pages = [client.get(LOGIN), log_in(client), client.get(CHANGE)]

    assert {page["Cache-Control"] for page in pages} == {"private, no-store"}
    cookies = {name: (cookie["path"], cookie["samesite"]) for name, cookie in client.cookies.items()}
    assert cookies == {
        "csrftoken": ("/verwaltung/", "Lax"),
        "sessionid": ("/verwaltung/", "Lax"),
        "known_browser": ("/verwaltung/konto/", "Lax"),
    }


@pytest.mark.parametrize("address", ["/verwaltung/konto/signup/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_can_register(client: Client, address: str, method: str) -> None:
    data = {
        "username": "neu",
        "email": "neu@herne.example",
        "password1": "Noch-ein-8-er",
        "password2": "Noch-ein-8-er",
    }

    page = getattr(client, method)(address, data)

    assert "Hier kann sich niemand registrieren." in text(page)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["email/", "confirm-email/", "3rdparty/", "3rdparty/signup/", "login/code/confirm/", "phone/change/"],
)
def test_what_staff_do_not_need_is_not_there(client: Client, address: str) -> None:
    client.force_login(staff())

    assert client.get(f"/verwaltung/konto/{address}").status_code == 404


def test_password_is_changed_and_the_session_stays(client: Client) -> None:
    staff()
    log_in(client)
    new = {"password1": "Ganz-anders-9", "password2": "Ganz-anders-9"}

    wrong = client.post(CHANGE, {"oldpassword": "falsch", **new})
    different = client.post(
        CHANGE, {"oldpassword": "Ein-gutes-Passwort-7", **new, "password2": "Ganz-anders-8"}
    )
    done = client.post(CHANGE, {"oldpassword": "Ein-gutes-Passwort-7", **new}, follow=True)

    assert "Das ist nicht Ihr jetziges Passwort." in text(wrong)
    assert "Bitte geben Sie beide Male dasselbe Passwort ein." in text(different)
    assert "Das neue Passwort ist gespeichert." in text(done)
    assert is_logged_in(client)
    assert User.objects.get().check_password("Ganz-anders-9")


def test_account_without_a_password_gets_none(client: Client) -> None:
    client.force_login(staff(password=None))

    page = client.get(CHANGE, follow=True)
    client.post(
        "/verwaltung/konto/password/set/", {"password1": "Ganz-anders-9", "password2": "Ganz-anders-9"}
    )

    assert "Ihr Konto hat kein Passwort" in text(page)
    assert not User.objects.get().has_usable_password()


def test_demo_login_exists_in_demonstration_mode_only(client: Client, settings) -> None:
    assert log_in(client, "redaktion", "redaktion")["Location"] == "/verwaltung/"
    assert client.get(OPEN_TO_STAFF).status_code == 200

    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    client.logout()

    assert log_in(client, "redaktion", "redaktion").status_code == 200
    assert not is_logged_in(client)
    assert not User.objects.get(username="redaktion").has_usable_password()


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_demo_login_is_refused_to_whoever_is_not_at_this_machine(
    client: Client, sent: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    log_in(client, "redaktion", "redaktion", **sent)

    assert "works only at this machine" in caplog.text
    assert not is_logged_in(client)
    assert not User.objects.exists()


def test_address_names_active_staff_whatever_the_case() -> None:
    anna = staff(email="Anna.Beispiel@Herne.example")
    staff("inge", email="inge@herne.example", is_active=False)
    staff("gast", email="gast@herne.example", is_staff=False)

    assert staff_with_email("anna.beispiel@herne.example") == [anna]
    assert staff_with_email("inge@herne.example") == staff_with_email("gast@herne.example") == []


def test_no_other_letter_stands_for_one_of_an_address() -> None:
    staff(email="mike@herne.example")

    assert staff_with_email("mi\u212ae@herne.example") == []  # the sign for kelvin, a k in small letters
