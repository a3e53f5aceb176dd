"""The preview of a table asks for the reason that a form would ask for, and says what has to be agreed again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strategy.editions import actions
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
          measure Kurse
"""
ASKS = "Bitte sagen Sie, warum: Die Begründung steht in der Synopse."


@pytest.fixture
def nodes() -> dict[str, Node]:
    plant(TREE)
    return saved()


@pytest.fixture
def editor() -> Client:
    return browser_of(person("Steuerungsgruppe"))


def adopt() -> None:
    edition = actions.freeze(slug="ratsfassung", title="Ratsfassung")
    actions.set_state(edition, "consultation", paper_number="2026/0001")
    actions.set_state(edition, "adopted", decided_by="Rat", decided_on="2026-10-01", result="beschlossen")


def upload(editor: Client, table: Table) -> str:
    file = SimpleUploadedFile("geheim-entwurf.xlsx", table.content())
    return editor.post("/verwaltung/tabellen/", {"file": file}).url


def confirmed(editor: Client, address: str, **sent: str) -> str:
    digest = re.search(r'name="digest" value="(\w{64})"', editor.get(address).content.decode())[1]
    return editor.post(address, {"digest": digest, **sent}, follow=True).content.decode()


def test_without_a_reason_nothing_adopted_is_changed_and_the_table_waits(editor, nodes):
    adopt()
    table = Table()
    table.set("Garten", title="Schulgarten")
    address = upload(editor, table)

    page = editor.get(address).content.decode()
    refused = confirmed(editor, address, reason="  ")
    unchanged = set(saved())
    confirmed(editor, address, reason="Änderung des Rates")

    assert f"Die Tabelle ändert 1 Knoten, den der Rat beschlossen hat. {ASKS}" in text_of(page)
    assert re.search(r'<input type="text" name="reason"[^>]* required', page)
    assert "„Garten“ steht in der beschlossenen Fassung. Bitte geben Sie eine Begründung an" in text_of(
        refused
    )
    assert "Garten" in unchanged
    assert "Schulgarten" in saved()
    assert [record.reason for record in HistoryRecord.objects.all()] == ["Änderung des Rates"]


def test_moving_what_was_adopted_asks_too_and_another_address_does_not(editor, nodes):
    adopt()
    moving, addressing = Table(), Table()
    moving.put("Kurse", before="Garten")
    addressing.set("Garten", slug="schulgarten")

    moved = text_of(editor.get(upload(editor, moving)).content.decode())
    address = upload(editor, addressing)
    addressed = text_of(editor.get(address).content.decode())
    confirmed(editor, address)

    assert ASKS in moved
    assert ASKS not in addressed
    assert saved()["Garten"].slug == "schulgarten"


def test_where_nothing_is_adopted_a_reason_is_possible_and_no_files_name_is_one(editor, nodes):
    table = Table()
    table.set("Garten", title="Schulgarten")
    address = upload(editor, table)

    assert ASKS not in text_of(editor.get(address).content.decode())
    confirmed(editor, address)

    assert [record.reason for record in HistoryRecord.objects.all()] == [""]


def test_reason_that_breaks_the_rules_of_texts_is_refused_and_stays_typed(editor, nodes):
    table = Table()
    table.set("Garten", title="Schulgarten")
    address = upload(editor, table)

    page = confirmed(editor, address, reason="Gut \N{GRINNING FACE}")

    assert 'value="Gut \N{GRINNING FACE}"' in page
    assert 'class="errorlist"' in page
    assert "Garten" in saved()


def test_preview_names_the_agreed_nodes_that_go_back(editor, nodes):
    for title in ("Garten", "Kurse"):
        node_actions.set_review(nodes[title], Review.AGREED)
    table = Table()
    table.set("Garten", title="Schulgarten")

    text = text_of(editor.get(upload(editor, table)).content.decode())
    goes_back = text.partition("1 abgestimmter Knoten ist danach wieder abzustimmen")[2]

    assert goes_back.lstrip().startswith("Maßnahme: Schulgarten")
    assert "Kurse" not in goes_back.partition("Alles einspielen")[0]
