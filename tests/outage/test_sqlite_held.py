"""Another program holds the SQLite file: reading goes on; what cannot be saved in time is said, and is still there."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.browser.portal import running

TYPED = "Die Beschriftung der Karte ist mit meinem Vorleseprogramm nicht zu verstehen."
SENTENCE = "Gerade wird so viel gespeichert, dass es zu lange gedauert hat."
FORM = f'<input type="hidden" name="text" value="{TYPED}">'


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A file that another program is writing to."""
    path = tmp_path / "held.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as holder:
        holder.execute("CREATE TABLE t (n)")
        holder.execute("BEGIN IMMEDIATE")
        yield path


@pytest.mark.django_db
@pytest.mark.once
def test_form_comes_back_with_all_that_was_typed(
    held: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def save(*args: Any, **kwargs: Any) -> None:
        with connection.wrap_database_errors, sqlite3.connect(held, timeout=0) as waiting:
            waiting.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr("legal.barrier_page.store", save)

    client = Client(raise_request_exception=False)
    answer = client.post("/barriere-melden/", {"text": TYPED}, headers={"origin": "http://testserver"})

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert SENTENCE in page
    assert "Es wurde nichts gespeichert." in page
    assert FORM in page
    assert caplog.messages == ["Not answered, as the database is busy: database is locked"]


@pytest.mark.slow
def test_thirty_seconds(tmp_path: Path) -> None:
    with running(tmp_path, threads=4) as portal:
        holder = sqlite3.connect(tmp_path / "portal.sqlite3", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        saved: list[Any] = []
        values = {"text": TYPED, "email": ""}
        saving = threading.Thread(target=lambda: saved.append(portal.send_form("/barriere-melden/", values)))
        saving.start()
        begun = time.monotonic()
        while time.monotonic() - begun < 30:
            assert portal.get("/massnahmen/").status == 200
            time.sleep(0.2)
        holder.execute("ROLLBACK")
        saving.join()

        assert (saved[0].status, SENTENCE in saved[0].text, FORM in saved[0].text) == (503, True, True)
        assert portal.send_form("/barriere-melden/", values).status == 303
