"""The pages of tables: who may open them, what they show, and importing by upload, preview and confirmation."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from editing.models import ImportFile
from editing.tables import tables_page
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db
PAGE = "/verwaltung/tabellen/"
DOWNLOAD = "/verwaltung/tabellen/herunterladen/"


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant("""
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              measure Garten
              measure Kurse
        theme Klima
    """)


@pytest.fixture
def editor(nodes: dict[str, Node]) -> Client:
    return browser_of(person("Steuerungsgruppe", name="steuerung"))


@pytest.fixture
def table(nodes: dict[str, Node]) -> Table:
    return Table()


def upload(browser: Client, content: bytes, name: str = "tabelle.xlsx"):
    return browser.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def said(response) -> str:
    """The page as somebody reads it: without tags, with single spaces."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def digest_on(response) -> str:
    return re.search(r'name="digest" value="(\w{64})"', response.content.decode())[1]


@pytest.mark.parametrize("role", ["Koordinationsstelle", "Steuerungsgruppe"])
def test_those_who_edit_everything_may_import(nodes: dict[str, Node], role: str):
    page = browser_of(person(role)).get(PAGE)

    assert "Eine Tabelle einspielen" in page.content.decode()


@pytest.mark.parametrize("role", ["Themenfeld-Redaktion", "Fachbereich", "Gremienbüro", "Lesen"])
def test_others_download_and_do_not_import(table: Table, role: str):
    table.set("Garten", title="Schulgarten")
    others = browser_of(person("Koordinationsstelle"))
    address = upload(others, table.content()).url
    reader = browser_of(person(role))

    page = reader.get(PAGE)

    assert "Eine Tabelle herunterladen" in page.content.decode()
    assert "einspielen" not in page.content.decode()
    assert reader.get(DOWNLOAD, {"format": "csv"}).status_code == 200
    refusals = [upload(reader, table.content()), reader.get(address), reader.post(address)]
    assert [response.status_code for response in refusals] == [403, 403, 403]
    assert "Garten" in saved()


def test_visitors_log_in_first(client: Client):
    for address in (PAGE, DOWNLOAD, f"{PAGE}einspielen/1/"):
        assert client.get(address).url.startswith("/verwaltung/login/")


def test_from_upload_by_preview_to_confirmation(editor: Client, table: Table, nodes: dict[str, Node]):
    table.put("Kurse", before="Garten")
    table.set("Garten", title="Schulgarten")
    table.add(level="Kapitel", title="Nachwort")

    address = upload(editor, table.content(), "C:\\Ablage\\mein.xlsx").url
    preview = editor.get(address)
    text = said(preview)

    assert "Garten" in saved()
    assert "1 neu 1 geändert 1 verschoben 5 unverändert" in text
    assert "Maßnahme: Schulgarten" in text
    assert "<del>Garten</del>" in preview.content.decode()
    assert "<ins>Schulgarten</ins>" in preview.content.decode()
    assert "neu auf oberster Ebene Kapitel: Nachwort Zeile 8" in text

    done = editor.post(address, {"digest": digest_on(preview), "reason": "Wie beraten"}, follow=True)

    assert "Eingespielt: 1 Knoten hinzugefügt, 1 Knoten geändert, 1 Knoten verschoben." in said(done)
    assert done.request["PATH_INFO"] == "/verwaltung/verlauf/"
    assert [row["title"] for row in Node.objects.order_by("path").values("title")] == [
        "Bildung",
        "Lernen",
        "Schulen",
        "Kurse",
        "Schulgarten",
        "Klima",
        "Nachwort",
    ]
    assert {record.reason for record in HistoryRecord.objects.all()} == {"Wie beraten"}
    assert {record.by.username for record in HistoryRecord.objects.all()} == {"steuerung"}


def test_preview_says_what_is_not_in_the_file(editor: Client, table: Table):
    table.drop("Kurse", "Garten")

    text = said(editor.get(upload(editor, table.content()).url))

    assert (
        "2 Knoten dieser Themenfelder und Kapitel stehen nicht in der Datei. Sie bleiben, wie sie sind."
        in text
    )
    assert "Die Tabelle sagt dasselbe wie der Arbeitsstand: Es gibt nichts einzuspielen." in text
    assert "Alles einspielen" not in text


def test_moved_node_is_shown_with_both_places(editor: Client, table: Table):
    table.add(uid="neu-1", level="operatives Ziel", parent=table.get("Schulen", "uid"), title="Siegel")
    table.set("Kurse", parent="neu-1")

    text = said(editor.get(upload(editor, table.content()).url))

    assert "neu unter „Schulen“ Operatives Ziel: Siegel Zeile 8" in text
    assert "Maßnahme: Kurse verschoben Zeile 6 von „Schulen“ nach „Siegel“, Platz 1" in text


def test_mistakes_are_shown_with_their_cells_and_nothing_can_be_confirmed(editor: Client, table: Table):
    table.set("Garten", title=None)
    table.set("Kurse", lead="<b>fb</b>")

    page = editor.get(upload(editor, table.content()).url)

    assert (
        "Die Tabelle enthält 2 Fehler. Solange sie nicht berichtigt sind, lässt sich nichts einspielen."
        in said(page)
    )
    assert "Zelle E5: Dieses Feld darf nicht leer sein." in said(page)
    assert escape("„<b>fb</b>“ ist nicht bekannt (Fachbereich).") in page.content.decode()
    assert said(page).index("Zelle E5") < said(page).index("ist nicht bekannt")  # in the order of the rows
    assert 'name="digest"' not in page.content.decode()


def test_confirmation_of_mistakes_writes_nothing(editor: Client, table: Table):
    table.set("Garten", title=None)
    address = upload(editor, table.content()).url

    page = editor.post(address, {"digest": "0" * 64})

    assert "Nichts wurde geschrieben" in said(page)
    assert "Garten" in saved()


def test_tree_that_changed_since_the_preview(editor: Client, table: Table, nodes: dict[str, Node]):
    table.set("Garten", title="Schulgarten")
    address = upload(editor, table.content()).url
    preview = editor.get(address)
    node_actions.change(nodes["Garten"], content={"title": "Obstgarten"})

    again = editor.post(address, {"digest": digest_on(preview)})

    assert (
        "Nichts wurde geschrieben: Der Arbeitsstand wurde inzwischen geändert, die Tabelle würde jetzt etwas anderes "
        "bewirken. Bitte prüfen Sie die neue Vorschau und bestätigen Sie noch einmal."
    ) in said(again)
    assert "<del>Obstgarten</del>" in again.content.decode()
    assert "Schulgarten" not in saved()
    editor.post(address, {"digest": digest_on(again)})
    assert "Schulgarten" in saved()


def test_confirmed_twice_it_is_imported_once(editor: Client, table: Table):
    table.add(level="Kapitel", title="Nachwort")
    address = upload(editor, table.content()).url
    digest = digest_on(editor.get(address))
    editor.post(address, {"digest": digest})

    again = editor.post(address, {"digest": digest}, follow=True)

    assert "Die hochgeladene Tabelle ist nicht mehr da. Bitte laden Sie sie noch einmal hoch." in said(again)
    assert Node.objects.filter(title="Nachwort").count() == 1


def test_uploaded_table_is_for_whoever_uploaded_it(editor: Client, table: Table):
    address = upload(editor, table.content()).url
    other = browser_of(person("Koordinationsstelle"))

    assert "nicht mehr da" in said(other.get(address, follow=True))


def test_upload_takes_the_place_of_an_earlier_one_and_old_ones_go(editor: Client, table: Table):
    upload(editor, table.content(), "eins.xlsx")
    ImportFile.objects.create(
        by=person("Koordinationsstelle"),
        name="alt.xlsx",
        content=b"",
        at=timezone.now() - datetime.timedelta(days=2),
    )

    upload(editor, table.content(), "zwei.xlsx")

    assert [file.name for file in ImportFile.objects.all()] == ["zwei.xlsx"]


def test_upload_of_more_than_a_day_ago_is_gone(editor: Client, table: Table):
    address = upload(editor, table.content()).url
    ImportFile.objects.update(at=timezone.now() - datetime.timedelta(days=1, minutes=1))

    assert "nicht mehr da" in said(editor.get(address, follow=True))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"%PDF-1.7", "tabelle.xlsx", "Das ist eine PDF-Datei, keine Tabelle."),
        (b"a;b\r\n1;2", "tabelle.xlsx", "Es fehlen Spalten: ID [uid], Ebene [level]"),
        (b"", "tabelle.csv", "Die übertragene Datei ist leer."),
        (b"x" * (10 * 2**20 + 1), "tabelle.csv", "Die Datei ist größer als 10 Megabyte."),
    ],
)
def test_file_that_is_no_table_is_refused_at_once(editor: Client, content: bytes, name: str, says: str):
    page = upload(editor, content, name)

    assert page.status_code == 200
    assert says in said(page)
    assert ImportFile.objects.count() == 0


def test_kind_of_file_is_told_by_its_content(editor: Client, table: Table):
    table.set("Garten", title="Schulgarten")

    page = editor.get(upload(editor, table.content(), "tabelle.csv").url)

    assert "Maßnahme: Schulgarten" in said(page)


def test_form_without_a_file(editor: Client):
    assert "Dieses Feld ist zwingend erforderlich." in said(editor.post(PAGE, {}))


def test_file_name_that_cannot_be_printed(editor: Client, table: Table):
    upload(editor, table.content(), "Baum 🌳\u202e.xlsx")

    assert ImportFile.objects.get().name == "Baum .xlsx"


def test_long_preview_shows_the_first_changes_and_counts_the_rest(
    editor: Client, table: Table, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tables_page, "SHOWN", 2)
    for title in ("Garten", "Kurse", "Schulen"):
        table.set(title, text="neu")

    text = said(editor.get(upload(editor, table.content()).url))

    assert "Maßnahme: Garten" in text
    assert "Maßnahme: Kurse" not in text
    assert "1 weitere Änderung ist hier nicht gezeigt; sie wird auch eingespielt." in text


def test_hostile_texts_are_shown_as_text(editor: Client, table: Table):
    table.set("Garten", title="<script>alert(1)</script>", text="<img src=x>")
    table.add(level="Kapitel", title="<i>neu</i>")

    html = editor.get(upload(editor, table.content()).url).content.decode()

    assert "<script>alert" not in html and "<img src=x>" not in html and "<i>neu" not in html
    assert "&lt;i&gt;neu&lt;/i&gt;" in html
