"""The login through the city's directory: over HTTP, from the login page to the provider and back."""

import html
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import requests

from tests.accounts.directory_server import UNEXPECTED, Directory, running_directory
from tests.accounts.staff import OPEN_TO_STAFF
from tests.browser import portal as portals

ACCOUNTS = """
from django.contrib.auth.models import User
def make(name, **changed):
    User.objects.create_user(name, **{"email": f"{name}@herne.example", "is_staff": True, **changed})
make("anna", email="Anna@Herne.example")
make("berta")
make("inge", is_active=False)
make("gast", is_staff=False)
make("dora1", email="dora@herne.example")
make("dora2", email="dora@herne.example")
make("frieda")
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
TOTP.activate(User.objects.get(username="frieda"), generate_totp_secret())
"""
NO_ACCOUNT = "Für Ihre E-Mail-Adresse gibt es hier kein Konto, das sich anmelden darf."
UNCONFIRMED = "Das Verzeichnis hat Ihre E-Mail-Adresse nicht bestätigt."
OTHER_ENTRY = "Das Konto mit Ihrer E-Mail-Adresse gehört zu einem anderen Eintrag des Verzeichnisses."

GOAL = "/verwaltung/password_change/"


@dataclass(frozen=True)
class City:
    """A portal and the directory that it uses."""

    portal: str
    directory: Directory
    database: Path


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    preparations = [["migrate", "--verbosity", "0"], ["shell", "--no-imports", "--command", ACCOUNTS]]
    with running_directory(folder) as directory, pytest.MonkeyPatch.context() as patch:
        for name, value in {**directory.environment, "DEBUG": "1"}.items():
            patch.setenv(name, value)
        with portals.running(folder, preparations) as portal:
            yield City(portal.url, directory, folder / "portal.sqlite3")


class Browser:
    """Somebody's browser: it goes from the login page to the directory, says who it is, and comes back."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.session = requests.Session()

    def ask(self, process: str = "login") -> requests.Response:
        """Follow the link of the login page, as far as the directory."""
        page = self.session.get(f"{self.city.portal}/verwaltung/konto/login/?next={GOAL}", timeout=30)
        link = re.search(
            r'<a class="button button--wide" href="([^"]+)">Mit Stadtverzeichnis anmelden</a>', page.text
        )
        assert link, page.text
        address = html.unescape(link[1]).replace("process=login", f"process={process}")
        return self.session.get(self.city.portal + address, allow_redirects=False, timeout=30)

    def say(self, sub: str, asked: requests.Response) -> str:
        """Log in at the directory; the address that it sends the browser back to."""
        answer = self.session.post(
            asked.headers["Location"], data={"sub": sub}, allow_redirects=False, timeout=30
        )
        return answer.headers["Location"]

    def log_in(self, sub: str) -> requests.Response:
        return self.session.get(self.say(sub, self.ask()), timeout=30)

    @property
    def is_in(self) -> bool:
        address = f"{self.city.portal}{OPEN_TO_STAFF}"
        return self.session.get(address, allow_redirects=False, timeout=30).status_code == 200


def rows(city: City, query: str) -> list[tuple]:
    with sqlite3.connect(city.database) as connection:
        return connection.execute(query).fetchall()


def test_known_staff_get_in_and_go_on_to_where_they_wanted(city: City) -> None:
    city.directory.know("a-1", email="anna@herne.example", email_verified=True, name="Anna A.")
    browser = Browser(city)

    page = browser.log_in("a-1")

    assert [urlsplit(step.url).path for step in page.history][1:] == [
        GOAL,
        "/verwaltung/konto/password/change/",
    ]
    assert "Angemeldet als <strong>anna</strong>" in page.text
    assert browser.is_in
    assert {
        (cookie.name, cookie.path) for cookie in browser.session.cookies if cookie.domain == "127.0.0.1"
    } == {
        ("csrftoken", "/verwaltung/"),
        ("sessionid", "/verwaltung/"),
        ("known_browser", "/verwaltung/konto/"),
    }


def test_directory_is_asked_with_state_and_proof_key(city: City) -> None:
    asked = parse_qs(urlsplit(Browser(city).ask().headers["Location"]).query)

    assert asked["redirect_uri"] == [f"{city.portal}/verwaltung/konto/oidc/verzeichnis/login/callback/"]
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert len(asked["code_challenge"][0]) == 43 and len(asked["state"][0]) >= 16


def test_nothing_about_a_person_is_kept_but_the_directorys_key(city: City) -> None:
    city.directory.know("b-1", email="berta@herne.example", email_verified=True, name="Berta Beispiel")
    Browser(city).log_in("b-1")
    Browser(city).log_in("b-1")

    kept = rows(city, "SELECT provider, uid, extra_data FROM socialaccount_socialaccount WHERE uid = 'b-1'")

    assert kept == [("verzeichnis", "b-1", "{}")]
    assert rows(city, "SELECT * FROM socialaccount_socialtoken") == []
    assert rows(city, "SELECT * FROM account_emailaddress") == []
    assert rows(city, "SELECT first_name, email FROM auth_user WHERE username = 'berta'") == [
        ("", "berta@herne.example")
    ]


def test_link_stays_when_the_address_changes_and_no_later_holder_gets_in(city: City) -> None:
    city.directory.know("b-1", email="berta@herne.example", email_verified=True)
    Browser(city).log_in("b-1")
    city.directory.know("b-1", email="berta.neu@herne.example", email_verified=True)
    city.directory.know("b-2", email="berta@herne.example", email_verified=True)
    berta, other = Browser(city), Browser(city)

    berta.log_in("b-1")
    page = other.log_in("b-2")

    assert berta.is_in
    assert (page.status_code, other.is_in) == (403, False)
    assert OTHER_ENTRY in page.text


@pytest.mark.parametrize(
    ("sub", "claims", "reason"),
    [
        ("unknown", {"email": "niemand@herne.example", "email_verified": True}, NO_ACCOUNT),
        ("inactive", {"email": "inge@herne.example", "email_verified": True}, NO_ACCOUNT),
        ("no-staff", {"email": "gast@herne.example", "email_verified": True}, NO_ACCOUNT),
        ("ambiguous", {"email": "dora@herne.example", "email_verified": True}, NO_ACCOUNT),
        ("unverified", {"email": "anna@herne.example", "email_verified": False}, UNCONFIRMED),
        ("unsaid", {"email": "anna@herne.example"}, UNCONFIRMED),
        ("as-text", {"email": "anna@herne.example", "email_verified": "false"}, UNCONFIRMED),
        ("no-address", {"email_verified": True}, UNCONFIRMED),
    ],
)
def test_others_are_refused_with_a_sentence(city: City, sub: str, claims: dict, reason: str) -> None:
    users = rows(city, "SELECT count(*) FROM auth_user")
    city.directory.know(sub, **claims)
    browser = Browser(city)

    page = browser.log_in(sub)

    assert page.status_code == 403
    assert reason in page.text
    assert not browser.is_in
    assert rows(city, "SELECT count(*) FROM auth_user") == users
    assert rows(city, f"SELECT * FROM socialaccount_socialaccount WHERE uid = '{sub}'") == []


def test_account_that_was_closed_since_is_refused(city: City) -> None:
    city.directory.know("a-1", email="anna@herne.example", email_verified=True)
    Browser(city).log_in("a-1")
    _set(city, "is_active", 0)
    try:
        browser = Browser(city)
        page = browser.log_in("a-1")
    finally:
        _set(city, "is_active", 1)

    assert (page.status_code, browser.is_in) == (403, False)
    assert NO_ACCOUNT in page.text


def _set(city: City, column: str, value: int) -> None:
    with sqlite3.connect(city.database, timeout=20) as connection:
        connection.execute(f"UPDATE auth_user SET {column} = {value} WHERE username = 'anna'")


def test_second_factor_is_asked_for_after_the_directory_too(city: City) -> None:
    city.directory.know("f-1", email="frieda@herne.example", email_verified=True)
    browser = Browser(city)

    page = browser.log_in("f-1")

    assert urlsplit(page.url).path == "/verwaltung/konto/2fa/authenticate/"
    assert not browser.is_in


def test_wrong_state_is_refused(city: City) -> None:
    browser = Browser(city)
    address = urlsplit(browser.say("a-1", browser.ask()))
    query = {**dict(parse_qsl(address.query)), "state": "erfunden"}

    page = browser.session.get(address._replace(query=urlencode(query)).geturl(), timeout=30)

    assert page.status_code == 401
    assert UNEXPECTED in page.text
    assert not browser.is_in


def test_answer_for_another_browser_is_refused(city: City) -> None:
    """Nobody can be logged in to somebody else's account by a link."""
    attacker, victim = Browser(city), Browser(city)
    address = attacker.say("a-1", attacker.ask())
    victim.ask()

    page = victim.session.get(address, timeout=30)

    assert page.status_code == 401
    assert not victim.is_in


def test_answer_is_taken_once(city: City) -> None:
    city.directory.know("a-1", email="anna@herne.example", email_verified=True)
    browser = Browser(city)
    address = browser.say("a-1", browser.ask())
    browser.session.get(address, timeout=30)

    page = browser.session.get(address, timeout=30)

    assert page.status_code == 401


def test_account_is_linked_in_no_other_way(city: City) -> None:
    city.directory.know("fremd", email="fremd@herne.example", email_verified=True)
    city.directory.know("a-1", email="anna@herne.example", email_verified=True)
    browser = Browser(city)
    address = browser.ask(process="connect")
    page = browser.session.get(browser.say("fremd", address), timeout=30)

    assert page.status_code == 403
    assert "Konten werden durch die Anmeldung über das Verzeichnis verknüpft" in page.text
    assert rows(city, "SELECT * FROM socialaccount_socialaccount WHERE uid = 'fremd'") == []


def test_page_of_an_unknown_directory_is_not_there(city: City) -> None:
    address = f"{city.portal}/verwaltung/konto/oidc/anderes/login/"

    assert requests.get(address, allow_redirects=False, timeout=30).status_code == 404
