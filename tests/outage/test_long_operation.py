"""While many entries are changed at once, whoever saves and waits in vain reads why, and has what was typed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg import errors

from strategy.history.announcement import going_on
from strategy.history.operations import Operation, operation
from tests.editing.people import browser_of, person
from tests.factories import UserFactory
from tests.opened_form import opened
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TYPED = "Das habe ich lange überlegt."
SAYS = "viele Einträge auf einmal geändert: Import: liste.xlsx, Eva Beispiel. Bis das fertig ist"


def locked() -> Exception:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """From now on a form of a node waits for the tree in vain."""

    def hold(cause: Exception) -> None:
        def fail() -> None:
            raise OperationalError("busy") from cause

        monkeypatch.setattr("strategy.forms.level_admin.locked_tree", fail)

    return hold


@pytest.mark.parametrize(
    "cause", [locked(), errors.LockNotAvailable("lock timeout")], ids=["sqlite", "postgresql"]
)
def test_whoever_saves_meanwhile_reads_why_it_waits(held: Any, cause: Exception):
    node = plant("theme Bildung")["Bildung"]
    address = f"/verwaltung/themes/theme/{node.pk}/change/"
    client = browser_of(person("Steuerungsgruppe"))
    client.raise_request_exception = False
    sent = {**opened(client.get(address).content.decode()), "text": TYPED}
    held(cause)

    with operation(
        Operation.Kind.IMPORT, title="liste.xlsx", by=UserFactory(first_name="Eva", last_name="Beispiel")
    ):
        answer = client.post(address, sent, headers={"origin": "http://testserver"})

    page = answer.content.decode()
    assert answer.status_code == 503
    assert SAYS in page
    assert "Es wurde nichts gespeichert." in page
    assert f'<input type="hidden" name="text" value="{TYPED}">' in page
    again = client.post(address, sent, headers={"origin": "http://testserver"}).content.decode()
    assert "viele Einträge auf einmal" not in again


def test_nobody_else_reads_who_does_what(monkeypatch: pytest.MonkeyPatch):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("busy") from locked()

    monkeypatch.setattr("legal.barrier_page.store", fail)
    client = Client(raise_request_exception=False)

    with operation(Operation.Kind.IMPORT, title="liste.xlsx"):
        answer = client.post("/barriere-melden/", {"text": TYPED}, headers={"origin": "http://testserver"})

    assert answer.status_code == 503
    assert "liste.xlsx" not in answer.content.decode()


def test_what_a_killed_program_left_is_told_to_nobody(tmp_path: Path):
    (tmp_path / "operation.txt").write_text("10:20\nImport: liste.xlsx")

    assert going_on() is None


def test_folder_that_takes_no_file_keeps_nobody_from_working(tmp_path: Path, settings: Any):
    settings.DATA_DIR = tmp_path / "gibt es nicht"

    with operation(Operation.Kind.IMPORT, title="liste.xlsx"):
        assert going_on() is None
