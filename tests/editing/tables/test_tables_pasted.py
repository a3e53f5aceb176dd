"""A table with characters from Word: the page that names them offers to clean them, and imports what it then shows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.opened_form import opened
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db
OFFER = "Zeichen bereinigen und neu prüfen"


@pytest.fixture
def editor() -> Client:
    plant("chapter Vorwort\nchapter Ausblick")
    return browser_of(person("Steuerungsgruppe"))


def uploaded(editor: Client, **cells: str) -> str:
    """The address of the preview of a table with these cells in the row of the first chapter."""
    table = Table()
    table.set("Vorwort", **cells)
    file = SimpleUploadedFile("tabelle.xlsx", table.content())
    return editor.post("/verwaltung/tabellen/", {"file": file})["Location"]


def test_pasted_characters_are_named_cleaned_on_demand_and_imported_as_shown(editor: Client):
    address = uploaded(
        editor, title="Vor\u00adwort 2", text="\uf0b7 10\u202f000 Bäume\u2028\uf0b7 Öffent\u00adlich"
    )

    refused = text_of(editor.get(address).content.decode())
    clean = editor.get(f"{address}?bereinigt=1").content.decode()

    assert "Zeile 1, Zeichen 4: Das Zeichen (U+00AD, weiches Trennzeichen) ist nicht erlaubt" in refused
    assert "(U+202F, schmales geschütztes Leerzeichen): Zeile 1, Zeichen 5" in refused and OFFER in refused
    said = text_of(clean)
    assert "Für diesen Import bereinigt: 2 × weiches Trennzeichen entfernt, 2 × Aufzählungszeichen" in said
    assert "Die Datei selbst bleibt, wie sie ist." in said and OFFER not in said
    assert [*saved()] == ["Vorwort", "Ausblick"]

    editor.post(f"{address}?bereinigt=1", opened(clean))
    assert saved()["Vorwort 2"].text == "• 10\u00a0000 Bäume\n• Öffentlich"


def test_what_was_shown_cleaned_is_not_imported_uncleaned(editor: Client):
    address = uploaded(editor, text="Öffent\u00adlich")
    clean = editor.get(f"{address}?bereinigt=1").content.decode()

    editor.post(address, opened(clean))

    assert saved()["Vorwort"].text == ""


def test_nothing_is_offered_where_there_is_nothing_to_clean(editor: Client):
    address = uploaded(editor, text="Grün 🌳")

    assert OFFER not in text_of(editor.get(address).content.decode())
    assert "U+1F333" in text_of(editor.get(f"{address}?bereinigt=1").content.decode())
