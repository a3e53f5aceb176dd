"""What every page of the administration answers with: kept by no browser, closed to other sites, a way out on it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.editing.matrix_world import build
from tests.editing.people import browser_of
from tests.role_matrix import SECTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS_OF_SCRIPTS = "/verwaltung/jsi18n/"  # Django's translations for its own scripts: the same for everybody
CLOSED = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture(autouse=True)
def _quick(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred requests: sessions stay in memory, contexts are not kept."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    settings.SESSION_CACHE_ALIAS = "template_fragments"
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 3600)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)


def test_every_answer_of_the_administration_is_kept_to_itself() -> None:
    user = User.objects.create_superuser("admin")
    client, world = browser_of(user), build(user)
    asks = [ask for _title, rows in SECTIONS for row in rows for ask in row.asks if not ask.is_post]
    urls = {ask.url(world.own) for ask in asks} - {WORDS_OF_SCRIPTS}

    answers = {url: client.get(url) for url in sorted(urls)}

    opened = {url: answer for url, answer in answers.items() if answer.status_code == 200}
    assert len(opened) > 80
    assert {url: said for url, answer in opened.items() if (said := faults(url, answer))} == {}


def faults(url: str, answer: Any) -> list[str]:
    """What is missing of an answer, in words."""
    kind = answer["Content-Type"]
    found = [name for name, value in CLOSED.items() if value not in answer.get(name, "")]
    if "no-store" not in answer.get("Cache-Control", ""):
        found.append("may be kept")
    if kind.startswith("text/") and "charset=utf-8" not in kind:
        found.append("no charset")
    # A print view and a fragment stand on their own: the page that they belong to has it.
    if "<html" in answer.content[:200].decode(errors="ignore") and "/druck/" not in url:
        found += [] if "/logout/" in answer.content.decode() else ["no way to log out"]
    return found


def test_no_form_of_the_administration_is_taken_without_its_token() -> None:
    user = User.objects.create_superuser("admin")
    client, world = Client(enforce_csrf_checks=True), build(user)
    client.force_login(user)
    asks = [ask for _title, rows in SECTIONS for row in rows for ask in row.asks if ask.is_post]

    with CaptureQueriesContext(connection) as queries:
        answers = [client.post(ask.url(world.own), ask.filled_in(world.own)) for ask in asks]

    assert len(answers) > 50
    assert {answer.status_code for answer in answers} == {403}
    assert all("<h1>Noch nicht gespeichert</h1>" in answer.content.decode() for answer in answers)
    written = [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "usersession" not in sql] == []
