"""The pages of the account as they look: on a desk in the light, with large text, on a phone in the dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.accounts.staff import app_code
from tests.browser.staff.account import ACCOUNT, City, at_login, complaints, confirm, log_in, press
from tests.browser.visit import DESK, PHONE, Visit

pytestmark = pytest.mark.browser

LARGE_TEXT = "html { font-size: 200% !important }"


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
        log_in(reader.page, "pages")
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
        log_in(reader.page, "pages")
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
