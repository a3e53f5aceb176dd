"""Finished files are answered without a query, only for what they were made for, and never to the wrong people."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.editions import actions
from strategy.editions.models import Edition
from tests.printing.sample import store

pytestmark = pytest.mark.django_db
PDF = "/fassungen/eins/kurzfassung.pdf"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "pdf"


def queries_of(client: Client, address: str) -> tuple[int, bytes]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    return len(queries), answer.content


def test_second_reader_gets_it_without_a_query_and_with_every_header(folder: Path, monkeypatch):
    store("eins")
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 60)
    client = Client()
    first = client.get(PDF)

    with CaptureQueriesContext(connection) as queries:
        second = client.get(PDF)
        head = client.head(PDF)
        known = client.get(PDF, headers={"if-none-match": first["ETag"]})

    assert len(queries) == 0
    assert (second.content, dict(second.items())) == (first.content, dict(first.items()))
    assert (head.content, head["Content-Length"]) == (b"", str(len(first.content)))
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    assert "Content-Security-Policy" in known


def test_withheld_edition_is_gone_at_once(folder: Path):
    store("eins")
    store("zwei")
    assert Client().get(PDF).status_code == 200
    actions.publish(Edition.objects.get(slug="zwei"))
    assert Client().get(PDF).status_code == 200

    actions.withhold(Edition.objects.get(slug="eins"), reason="Ein Name")

    assert Client().get(PDF).status_code == 410


def test_emptied_folder_is_filled_again(folder: Path):
    store("eins")
    before = Client().get(PDF).content
    for file in folder.iterdir():
        file.unlink()

    assert Client().get(PDF).content == before


def test_what_staff_reads_is_kept_for_nobody(folder: Path):
    store("eins")
    User.objects.create_superuser("chefin")
    staff = Client()
    staff.force_login(User.objects.get())
    for address in ("/verwaltung/fassungen/eins/kurzfassung.pdf", "/verwaltung/vorschau/druck.pdf"):
        assert staff.get(address).status_code == 200

        assert Client().get(address).status_code == 302
