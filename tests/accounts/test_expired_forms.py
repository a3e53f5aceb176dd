"""A form that is sent after the login has ended, or was renewed elsewhere: nothing is saved, nothing typed is lost."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from strategy.editions.models import Strategy
from tests.accounts.staff import LOGIN, text

pytestmark = pytest.mark.django_db

TITLE_PAGE = "/verwaltung/strategy/strategy/1/change/"
TYPED = {
    "subtitle": "Ein „neuer“ Untertitel & mehr",
    "edition_remark": "Erste Zeile, länger als vierzig Zeichen.\n<b>Zweite</b>",
}
OURS = {"origin": "http://testserver"}


def browser(user: User | None = None) -> Client:
    """A browser that minds the token of a form."""
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client


def kept(page: str) -> dict[str, str]:
    """The fields that the page would send again."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def test_form_sent_after_the_login_has_ended_is_kept_and_can_be_sent_again() -> None:
    page = browser().post(TITLE_PAGE, TYPED, headers=OURS)

    assert page.status_code == 403
    assert "Ihre Anmeldung ist inzwischen abgelaufen." in text(page)
    assert "<b>Zweite</b>" in text(page)
    assert kept(page.content.decode()) | TYPED == kept(page.content.decode())
    assert f'action="{TITLE_PAGE}"' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_form_with_the_token_of_an_earlier_login_is_saved_when_sent_again() -> None:
    Strategy.objects.create(city="Herne", title="Strategie")
    client = browser(User.objects.create_superuser("anna"))
    client.get(TITLE_PAGE)
    fields = {"city": "Herne", "title": "Strategie", **TYPED}

    refused = client.post(TITLE_PAGE, {**fields, "csrfmiddlewaretoken": "x" * 64}, headers=OURS)
    again = client.post(TITLE_PAGE, kept(refused.content.decode()), headers=OURS)

    assert "Diese Seite wurde vor Ihrer letzten Anmeldung geöffnet." in text(refused)
    assert again.status_code == 302
    assert Strategy.current().subtitle == TYPED["subtitle"]


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_form_from_elsewhere_is_not_offered_to_be_sent_again(headers: dict[str, str]) -> None:
    page = browser(User.objects.create_superuser("anna")).post(TITLE_PAGE, TYPED, headers=headers)

    assert page.status_code == 403
    assert TYPED["subtitle"] not in html.unescape(page.content.decode())
    assert "Noch einmal absenden" not in text(page)


def test_passwords_are_never_shown_again() -> None:
    login = browser().post(LOGIN, {"login": "anna", "password": "geheim-1"}, headers=OURS)
    account = browser().post(
        "/verwaltung/auth/user/add/", {"username": "berta", "password1": "geheim-2"}, headers=OURS
    )

    assert (login.status_code, account.status_code) == (403, 403)
    assert "geheim" not in login.content.decode() + account.content.decode()
    assert "Seite neu öffnen" in text(login)
    assert kept(account.content.decode())["username"] == "berta"


def test_page_for_readers_takes_no_form() -> None:
    page = browser().post("/", {"text": "x"})

    assert (page.status_code, page["Allow"]) == (405, "GET, HEAD")
    assert "Diese Seite nimmt keine Eingaben an" in text(page)
