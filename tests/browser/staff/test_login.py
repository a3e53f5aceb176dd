"""Logging in with a real browser: an authenticator app, a passkey, the city's directory."""

import pytest
from playwright.sync_api import Browser, expect

from tests.accounts.staff import app_code
from tests.browser.staff.account import (
    ACCOUNT,
    City,
    at_login,
    complaints,
    confirm,
    is_in,
    log_in,
    log_out,
    press,
    set_up_app,
)

pytestmark = pytest.mark.browser

PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


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


def test_whoever_types_for_long_in_one_page_stays_logged_in(city: City, browser: Browser) -> None:
    with at_login(browser, city.portal) as reader:
        page = reader.page
        log_in(page, "types")
        page.clock.install()
        page.goto(f"{city.portal.url}/verwaltung/auth/user/add/")
        told: list[str] = []
        page.on("request", lambda request: told.append(request.url) if "/typing/" in request.url else None)

        page.get_by_label("Vorname").press_sequentially("An")
        before = list(told)
        page.clock.fast_forward("05:00")
        with page.expect_response("**/typing/") as answer:
            page.get_by_label("Vorname").press_sequentially("na")

        assert before == []
        assert told == [f"{city.portal.url}{ACCOUNT}sessions/typing/"]
        assert answer.value.status == 200
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
