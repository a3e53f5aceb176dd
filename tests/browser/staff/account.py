"""A portal with accounts and a directory, and what somebody does there to log in and out."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.accounts.directory_server import Directory, running_directory
from tests.accounts.staff import LOGIN, PASSWORD, app_code
from tests.browser import portal as portals
from tests.browser.kinds import Kind
from tests.browser.portal import Portal
from tests.browser.visit import Visit

ACCOUNTS = f"""
from django.contrib.auth.models import User
for name in ("app", "passkey", "plain", "directory", "looks", "pages", "types"):
    User.objects.create_superuser(name, f"{{name}}@herne.example", "{PASSWORD}")
User.objects.create_user("guest", password="{PASSWORD}")
"""
ACCOUNT = "/verwaltung/konto/"


@dataclass(frozen=True)
class City:
    """A portal and the directory that it uses. For a browser they are at different sites."""

    portal: Portal
    directory: Directory

    @property
    def by_name(self) -> Portal:
        """The same portal at an address with a name: passkeys are not for addresses of numbers."""
        return Portal(self.portal.url.replace("127.0.0.1", "localhost"))


@contextmanager
def running_city(folder: Path) -> Iterator[City]:
    """A city whose portal alone knows of the directory: the environment stays as it was."""
    preparations = [
        ["build_assets", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["shell", "--no-imports", "--command", ACCOUNTS],
    ]
    with running_directory(folder) as directory, ExitStack() as running:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**directory.environment, "DEBUG": "1"}.items():
                patch.setenv(name, value)
            portal = running.enter_context(portals.running(folder, preparations))
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
