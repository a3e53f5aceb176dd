"""Logging in with a real browser: an authenticator app, a passkey, the city's directory; and how the pages look."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import portal as portals
from tests.browser.kinds import Kind
from tests.browser.portal import Portal
from tests.browser.visit import DESK, PHONE, Visit
from tests.herne_strategy.directory_server import Directory, running_directory
from tests.herne_strategy.staff import LOGIN, PASSWORD, app_code

pytestmark = pytest.mark.browser

ACCOUNTS = f"""
from django.contrib.auth.models import User
for name in ("app", "passkey", "plain", "directory", "looks"):
    User.objects.create_superuser(name, f"{{name}}@herne.example", "{PASSWORD}")
User.objects.create_user("guest", password="{PASSWORD}")
"""
ACCOUNT = "/verwaltung/konto/"
LARGE_TEXT = "html { font-size: 200% !important }"
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class City:
    """A portal and the directory that it uses. For a browser they are at different sites."""

    portal: Portal
    directory: Directory

    @property
    def by_name(self) -> Portal:
        """The same portal at an address with a name: passkeys are not for addresses of numbers."""
        return Portal(self.portal.url.replace("127.0.0.1", "localhost"))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    preparations = [
        ["build_assets", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["shell", "--no-imports", "--command", ACCOUNTS],
    ]
    with running_directory(folder) as directory, pytest.MonkeyPatch.context() as patch:
        for name, value in {**directory.environment, "DEBUG": "1"}.items():
            patch.setenv(name, value)
        with portals.running(folder, preparations) as portal:
            yield City(portal, directory)


@contextmanager
def at_login(browser: Browser, portal: Portal, *, scripts: bool = True) -> Iterator[Visit]:
    """Somebody's browser with the login page open."""
    context = browser.new_context(java_script_enabled=scripts, locale="de-DE")
    try:
        reader = Visit(Kind("login", LOGIN), portal, context.new_page())
        reader.open()
        yield reader
    finally:
        context.close()


def press(page: Page, button: str) -> None:
    """Press a button, and wait for all of the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def log_in(page: Page, name: str) -> None:
    page.get_by_label("Anmeldename").fill(name)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    press(page, "Anmelden")


def log_out(page: Page) -> None:
    page.get_by_role("link", name="Abmelden").click()
    press(page, "Abmelden")


def confirm(page: Page) -> None:
    """Say once more who one is."""
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    press(page, "Bestätigen")


def set_up_app(page: Page) -> str:
    """Give the logged-in user an authenticator app; its secret."""
    page.get_by_role("link", name="App einrichten").click()
    confirm(page)
    secret = page.locator(".account-secret").inner_text()
    page.get_by_label("Authentifizierungscode").fill(app_code(secret))
    page.get_by_role("button", name="Einrichtung abschließen").click()
    return secret


def complaints(reader: Visit) -> list[str]:
    """What the browser complained of, but for what comes of going on: a file that it has already, or that it
    stopped loading."""
    return [each for each in reader.complaints if not each.startswith(("304:", "failed:"))]


def is_in(reader: Visit) -> bool:
    answer = reader.page.request.get(f"{reader.portal.url}/verwaltung/jsi18n/", max_redirects=0)
    return answer.status == 200


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_login_with_an_authenticator_app(city: City, browser: Browser, scripts: bool) -> None:
    name = "app" if scripts else "plain"
    with at_login(browser, city.portal, scripts=scripts) as reader:
        page = reader.page
        log_in(page, name)
        page.goto(f"{city.portal.url}{ACCOUNT}")

        secret = set_up_app(page)
        expect(page.locator("h1")).to_have_text("Wiederherstellungscodes")
        codes = page.locator(".account-codes li").all_inner_texts()
        log_out(page)
        expect(page.locator(".account-message")).to_have_text("Sie sind abgemeldet.")
        log_in(page, name)
        expect(page.locator("h1")).to_have_text("Zweiter Faktor")
        before = is_in(reader)
        page.get_by_label("Code").fill(app_code(secret))
        press(page, "Anmelden")

        assert len(set(codes)) == 10
        assert (before, is_in(reader)) == (False, True)
        assert complaints(reader) == []


def test_login_with_a_passkey_alone(city: City, browser: Browser) -> None:
    with at_login(browser, city.by_name) as reader:
        page = reader.page
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})["authenticatorId"]
        log_in(page, "passkey")
        page.goto(f"{city.by_name.url}{ACCOUNT}")

        page.get_by_role("link", name="Passkey hinzufügen").click()
        confirm(page)
        page.get_by_label("Name").fill("Dienstlaptop")
        page.get_by_label("Ohne Passwort anmelden").check()
        page.get_by_role("button", name="Passkey hinzufügen").click()
        expect(page.locator("h1")).to_have_text("Wiederherstellungscodes")
        page.goto(f"{city.by_name.url}{ACCOUNT}2fa/webauthn/")
        listed = page.locator(".account-list").inner_text()
        page.get_by_role("link", name="„Dienstlaptop“ umbenennen").click()
        page.get_by_label("Name").fill("Rathaus")
        press(page, "Namen speichern")
        expect(page.get_by_role("heading", level=2)).to_have_text("Rathaus")
        log_out(page)
        page.get_by_role("button", name="Mit einem Passkey anmelden").click()
        page.wait_for_url("**/verwaltung/")

        assert "Dienstlaptop" in listed and "Lässt Sie ohne Passwort hinein." in listed
        assert is_in(reader)
        assert complaints(reader) == []

        page.goto(f"{city.by_name.url}{ACCOUNT}logout/")
        press(page, "Abmelden")
        devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        page.get_by_role("button", name="Mit einem Passkey anmelden").click()

        expect(page.locator("#passkey-error")).to_contain_text("Das hat nicht geklappt.")
        assert not is_in(reader)


def test_passkey_as_the_second_factor(city: City, browser: Browser) -> None:
    with at_login(browser, city.by_name) as reader:
        page = reader.page
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
        log_in(page, "looks")
        page.goto(f"{city.by_name.url}{ACCOUNT}2fa/webauthn/add/")
        confirm(page)
        page.get_by_role("button", name="Passkey hinzufügen").click()
        expect(page.locator("h1")).to_have_text("Wiederherstellungscodes")
        log_out(page)

        log_in(page, "looks")
        before = is_in(reader)
        page.get_by_role("button", name="Passkey benutzen").click()
        page.wait_for_url("**/verwaltung/")
        assert (before, is_in(reader)) == (False, True)

        page.goto(f"{city.by_name.url}{ACCOUNT}2fa/webauthn/")
        page.get_by_role("link", name="entfernen").click()
        page.get_by_role("link", name="Mit einem Passkey").click()
        page.get_by_role("button", name="Mit einem Passkey bestätigen").click()
        press(page, "Entfernen")
        expect(page.locator(".account-message")).to_have_text("Der Passkey ist entfernt.")
        assert complaints(reader) == []


def test_login_through_the_directory_at_another_site(city: City, browser: Browser) -> None:
    """The cookies are SameSite=Lax and for /verwaltung/ only: the way back from the directory has them."""
    city.directory.know("d-1", email="directory@herne.example", email_verified=True)
    with at_login(browser, city.portal) as reader:
        page = reader.page
        page.get_by_role("link", name="Mit Stadtverzeichnis anmelden").click()
        page.wait_for_url(f"{city.directory.url}/**")
        page.locator("input[name=sub]").fill("d-1")
        page.locator("input[name=sub]").press("Enter")
        page.wait_for_url("**/verwaltung/")

        cookies = {each["name"]: each for each in page.context.cookies(f"{city.portal.url}/verwaltung/")}
        assert is_in(reader)
        assert (cookies["sessionid"]["sameSite"], cookies["sessionid"]["path"]) == ("Lax", "/verwaltung/")
        assert page.context.cookies(f"{city.portal.url}/") == []


def test_account_pages_have_no_barrier(city: City, browser: Browser, screenshots: Path) -> None:
    with at_login(browser, city.portal) as reader:
        problems = _seen(reader, "login", screenshots)
        log_in(reader.page, "nobody")
        problems += _seen(reader, "login-error", screenshots)
        for name, address in {
            "reset": "password/reset/",
            "reset-done": "password/reset/done/",
            "reset-bad-link": "password/reset/key/1-falsch/",
            "signup": "signup/",
            "inactive": "inactive/",
            "cancelled": "directory/cancelled/",
        }.items():
            problems += _opened(reader, name, address, screenshots)

        _go(reader, "login/")
        log_in(reader.page, "directory")
        for name, address in {
            "factors": "2fa/",
            "password": "password/change/",
            "sessions": "sessions/",
        }.items():
            problems += _opened(reader, name, address, screenshots)
        _go(reader, "2fa/")
        reader.page.get_by_role("link", name="App einrichten").click()
        problems += _seen(reader, "confirm", screenshots)
        _go(reader, "2fa/")
        secret = _app_with_looks(reader, problems, screenshots)
        problems += _seen(reader, "codes", screenshots)
        for name, address in {
            "factors-set-up": "2fa/",
            "app-remove": "2fa/totp/deactivate/",
            "codes-new": "2fa/recovery-codes/generate/",
            "passkeys": "2fa/webauthn/",
            "passkey-add": "2fa/webauthn/add/",
            "confirm-code": "2fa/reauthenticate/",
            "confirm-password": "reauthenticate/",
            "logout": "logout/",
        }.items():
            problems += _opened(reader, name, address, screenshots)
        press(reader.page, "Abmelden")
        log_in(reader.page, "directory")
        problems += _seen(reader, "code", screenshots)

        assert secret
        assert problems == []
        assert complaints(reader) == []


def test_page_for_whoever_may_not_work_here_has_no_barrier(
    city: City, browser: Browser, screenshots: Path
) -> None:
    with at_login(browser, city.portal) as reader:
        log_in(reader.page, "guest")

        assert _seen(reader, "no-access", screenshots) == []
        assert reader.page.locator("h1").inner_text() == "Kein Zugang"


def _go(reader: Visit, address: str) -> None:
    reader.page.goto(f"{reader.portal.url}{ACCOUNT}{address}")


def _opened(reader: Visit, name: str, address: str, screenshots: Path) -> list[str]:
    _go(reader, address)
    return _seen(reader, name, screenshots)


def _app_with_looks(reader: Visit, problems: list[str], screenshots: Path) -> str:
    """Set up an app, and look at its page on the way."""
    reader.page.get_by_role("link", name="App einrichten").click()
    confirm(reader.page)
    problems += _seen(reader, "app-set-up", screenshots)
    secret = reader.page.locator(".account-secret").inner_text()
    reader.page.get_by_label("Authentifizierungscode").fill(app_code(secret))
    reader.page.get_by_role("button", name="Einrichtung abschließen").click()
    return secret


def _seen(reader: Visit, name: str, screenshots: Path) -> list[str]:
    """What is wrong with the page as it is: on a desk in the light, with large text, on a phone in the dark."""
    found: dict[str, list[str]] = {}
    for scheme, (width, height) in {"light": DESK, "dark": PHONE}.items():
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        reader.photograph(screenshots / f"account-{name}-{scheme}.jpg")
        found[f"{scheme}, too wide"] = reader.too_wide
        found[f"{scheme}, axe"] = reader.barriers
    reader.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    reader.use_styles(LARGE_TEXT)
    found["large text, too wide"] = reader.too_wide
    reader.use_styles("html { font-size: 100% !important }")
    if reader.page.locator("h1").count() != 1:
        found["headings"] = ["not one h1"]
    return [f"{name}, {kind}: {each}" for kind, all_of_it in found.items() for each in all_of_it]
