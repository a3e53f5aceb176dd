"""Every row of the matrix of roles, asked by every role and by those who have none."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponseForbidden
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from herne_strategy import urls
from strategy.editions.library import library
from tests.editing.matrix_world import Objects, World, build
from tests.editing.people import browser_of, person
from tests.role_matrix import SECTIONS, Ask, Row
from tests.role_matrix.asking import NO_ROLE, ROLE_NAMES
from tests.role_matrix.page import rendered

pytestmark = pytest.mark.django_db

ROWS = [row for _title, rows in SECTIONS for row in rows]
FOR_ADMINISTRATORS = [row for row in ROWS if not row.may and not row.own]
LOGIN = ("/verwaltung/login/", "/verwaltung/konto/login/")
WRITING = ("INSERT INTO ", "UPDATE ", "DELETE FROM ")
# What is written whenever somebody opens a page or logs out, and the admin's own log.
BOOKKEEPING = {"django_session", "usersessions_usersession", "django_admin_log", "strategy_treelock"}


@pytest.fixture(autouse=True)
def _quick(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two thousand requests: sessions stay in memory, contexts are not kept, refusals not rendered."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    settings.SESSION_CACHE_ALIAS = "template_fragments"
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 3600)  # `send` forgets what was published
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    monkeypatch.setattr(urls, "handler403", lambda request, exception: HttpResponseForbidden(), raising=False)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def asks(row: Row, role: str, world: World) -> Iterator[tuple[Ask, Objects, bool]]:
    """Each request of a row, and whether it is allowed. Whoever may all is asked about what is not their own; whoever
    may nothing about what is their own; whoever may only that about both."""
    for ask in row.asks:
        if role not in row.may:
            yield ask, world.own, role in row.own
        if role in row.may | row.own:
            yield ask, world.foreign, role in row.may


def send(client: Client, ask: Ask, objects: Objects) -> tuple[Any, set[str]]:
    """The answer, and the tables that were written. All of it is undone."""
    written = set()

    def note(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith(WRITING):
            written.add(sql.split('"')[1])
        return execute(sql, *args)

    with transaction.atomic(), connection.execute_wrapper(note):
        url = ask.url(objects)
        response = client.post(url, ask.filled_in(objects)) if ask.is_post else client.get(url)
        transaction.set_rollback(True)
    if "strategy_publicstate" in written:
        library.forget()
    return response, written - BOOKKEEPING


def is_login(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith(LOGIN)


def problem(ask: Ask, response: Any, written: set[str], *, is_allowed: bool) -> str:
    """What is wrong with an answer; "" where it is as the matrix says."""
    if not is_allowed:
        if written:
            return f"is refused, but writes {sorted(written)}"
        return "" if response.status_code in ask.refusals else f"is to be refused: {response.status_code}"
    if response.status_code != ask.status or is_login(response):
        return f"is to be allowed: {response.status_code} instead of {ask.status}"
    table = apps.get_model(ask.writes)._meta.db_table if ask.writes else ""
    if table and table not in written:
        return f"is to write {ask.writes}, writes {sorted(written)}"
    return "" if table or not written else f"is to write nothing, writes {sorted(written)}"


def problems(client: Client, role: str, world: World, rows: list[Row]) -> list[str]:
    """All that is not as the matrix says, for this role."""
    found = []
    for row in rows:
        for ask, objects, is_allowed in asks(row, role, world):
            said = problem(ask, *send(client, ask, objects), is_allowed=is_allowed)
            if said:
                found.append(f"{row.says}: {ask.url(objects)} {ask.filled_in(objects) or ''} {said}")
    return found


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_role_may_what_the_matrix_says_and_nothing_else(role: str):
    user = person(role)

    found = problems(browser_of(user), role, build(user), ROWS)

    assert found == []


def test_account_without_a_role_may_nothing_but_log_in():
    user = User.objects.create_user("neu", is_staff=True)

    found = problems(browser_of(user), NO_ROLE, build(user), ROWS)

    assert found == []


def test_administrators_may_what_no_role_may():
    """It also proves that these requests are refused for the role, not for a mistake in them."""
    user = User.objects.create_superuser("admin")
    role = "administrator"
    rows = [
        Row(row.says, row.asks, may=frozenset() if row.never else frozenset({role}))
        for row in FOR_ADMINISTRATORS
    ]

    found = problems(browser_of(user), role, build(user), rows)

    assert found == []


def test_whoever_is_not_logged_in_is_sent_to_the_login():
    answers = _answers(Client())

    assert [url for url, answer, written in answers if written or not _asks_for_login(answer)] == []


def test_whoever_was_deactivated_is_out_at_once():
    user = person("Koordinationsstelle")
    client = browser_of(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    answers = _answers(client, first_only=True)

    assert [url for url, answer, written in answers if written or not _asks_for_login(answer)] == []


def _asks_for_login(response: Any) -> bool:
    """Leads to the login: at once, or by the start page after logging out."""
    return is_login(response) or (response.status_code == 302 and response["Location"] == "/verwaltung/")


def test_account_that_may_not_log_in_reads_that_it_may_not():
    user = person("Koordinationsstelle")
    User.objects.filter(pk=user.pk).update(is_staff=False)

    answers = _answers(browser_of(user), first_only=True)

    wrong = [
        url
        for url, answer, written in answers
        if answer.status_code != 403 or "Kein Zugang" not in answer.content.decode() or written
    ]
    assert wrong == []


def _answers(client: Client, *, first_only: bool = False) -> list[tuple[str, Any, set[str]]]:
    """What is answered to every request of the matrix, or to the first one of each row."""
    own = build().own
    found = [ask for row in ROWS for ask in (row.asks[:1] if first_only else row.asks)]
    return [(ask.url(own), *send(client, ask, own)) for ask in found]


def test_every_address_of_the_administration_is_in_the_matrix():
    """A new page needs a row in tests/role_matrix/, in the section that it belongs to."""
    own = build().own
    asked = {_plain(resolve(ask.url(own).partition("?")[0]).route) for row in ROWS for ask in row.asks}

    missing = _routes() - asked

    assert missing == set()
    assert asked - _routes() == set()


def _routes() -> set[str]:
    """Every pattern below /verwaltung/ but those of the account pages, and former addresses that lead to others."""
    found = {_plain(route) for route in _walk(get_resolver(), "")}
    return {
        route
        for route in found
        if route.startswith("verwaltung/")
        and not route.startswith(("verwaltung/konto/", "verwaltung/herne_strategy/"))
    }


def _plain(route: str) -> str:
    """Django leaves out the ^ of a pattern that stands inside another one."""
    return route.replace("^", "")


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route


def test_table_of_roles_is_the_one_that_is_printed():
    assert (settings.BASE_DIR / "docs" / "rollen.md").read_text() == rendered()
