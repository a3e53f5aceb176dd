"""The server's log: a refused request is a short line, a failure has its traceback once, and a flood fills no disk."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from herne_strategy import log_lines
from herne_strategy.log_lines import MOST, ShortLines

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What goes to stderr."""
    written = StringIO()
    (console,) = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    before, filters = console.setStream(written), console.filters[:]
    assert [type(each) for each in filters] == [ShortLines]
    console.filters = [ShortLines()]  # which has counted nothing yet
    yield written
    console.filters = filters
    console.setStream(before)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_refused_requests_are_a_short_line_each(log: StringIO, client: Client) -> None:
    client.get("/gibt-es-nicht/?wer=anna")
    client.get("/", headers={"host": "boese.example"})
    client.post("/")
    client.force_login(User.objects.create_user("anna", is_staff=True))
    client.get("/verwaltung/gibt-es-nicht/")
    client.get("/verwaltung/auth/user/")

    assert log.getvalue().splitlines() == [
        "404 GET /gibt-es-nicht/",
        "400 GET / (DisallowedHost)",
        "405 POST /",
        "404 GET /verwaltung/gibt-es-nicht/",
        "403 GET /verwaltung/auth/user/ (PermissionDenied)",
    ]


def test_address_cannot_forge_a_line_or_tell_a_secret(log: StringIO, client: Client) -> None:
    client.get("/a%0A2027-01-01%20event=login%1B[2Jä")
    client.get("/" + "x" * 200)
    client.get("/verwaltung/konto/password/reset/key/3-geheim/", headers={"host": "boese.example"})

    assert log.getvalue().splitlines() == [
        r"404 GET /a\n2027-01-01%20event=login\x1b[2J\xe4",
        f"404 GET /{'x' * 79}…",
        "400 GET /verwaltung/konto/password/reset/key/ (DisallowedHost)",
    ]


def test_failure_has_its_traceback_once(
    log: StringIO, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ValueError("kaputt")

    monkeypatch.setattr("herne_strategy.views.problems", fail)

    client.get("/bereit/")

    assert log.getvalue().startswith("Internal Server Error: /bereit/\nTraceback")
    assert log.getvalue().count("ValueError: kaputt") == 1


def test_flood_is_told_by_its_number(log: StringIO, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(log_lines.time, "monotonic", lambda: now)
    for number in range(MOST + 57):
        client.get(f"/{number}")
    client.post("/")
    now += 60

    client.get("/danach")

    lines = log.getvalue().splitlines()
    assert lines[:MOST] == [f"404 GET /{number}" for number in range(MOST)]
    assert lines[MOST:] == ["405 POST /", "404 GET /danach (and 57 more before)"]


def test_other_lines_stay_as_they_are(log: StringIO) -> None:
    record: Any = logging.makeLogRecord({"msg": "%s", "args": ("Fertig",), "status_code": 404})

    assert ShortLines().filter(record)
    assert record.getMessage() == "Fertig"
