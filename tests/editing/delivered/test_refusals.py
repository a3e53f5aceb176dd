"""Files that are no list: one sentence each, and nothing of them is kept. What cannot be read is told, all at once."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from editing.models import ImportFile
from measures.models import Department, Measure
from strategy.tree.models import Node
from tests.editing.delivered.city_lists import saved, with_merged_cells
from tests.editing.delivered.coming_in import PAGE, Visit
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import csv_of, xlsx_of


def with_one_cell(address: str) -> bytes:
    book = Workbook()
    book.active["A1"], book.active["B1"], book.active["A2"] = "Maßnahme", "Kosten", "Eins"
    book.active[address] = "weit draußen"
    return saved(book)


def with_merged(count: int) -> bytes:
    """Ranges that overlap, as only a program writes them."""
    grid = [["Maßnahme", "Kosten"], *[["Eins", 1] for _n in range(1_500)]]
    content = xlsx_of(grid)
    cells = "".join(f'<mergeCell ref="A2:A{1_500 - n}"/>' for n in range(count))
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name).replace(
                b"</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>".encode()
            )
            new.writestr(name, data if "sheet1" in name else old.read(name))
    return target.getvalue()


FILES = {
    "empty": (b" \n", "Die Datei ist leer"),
    "old Excel": (b"\xd0\xcf\x11\xe0 alt", "im alten Format .xls"),
    "PDF": (b"%PDF-1.7", "Das ist eine PDF-Datei"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "weder eine XLSX- noch eine CSV-Datei"),
    "broken ZIP": (b"PK\x03\x04 kaputt", "beschädigt"),
    "one column": (csv_of([["Maßnahme"], ["Eins"], ["Zwei"]]), "Die Datei enthält keine Tabelle."),
    "one row": (csv_of([["Maßnahme", "Kosten"]]), "Die Datei enthält keine Tabelle."),
    "far column": (with_one_cell("XFD1048576"), "mehr als 500 Spalten"),
    "quotation mark": (b'Ma\xc3\x9fnahme;Kosten\r\n"offen;5\r\n', "beschädigt"),
    "many columns": (csv_of([["x"] * 600, ["y"] * 600]), "mehr als 500 Spalten"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_is_no_list_is_refused_in_a_sentence(editor: Client, name: str):
    content, says = FILES[name]

    page = Visit(editor).upload(content).pages[-1]

    assert says in page
    assert ImportFile.objects.count() == 0


def test_cell_at_the_end_of_a_column_and_overlapping_ranges_take_no_time(editor: Client):
    assert "1 Zeile wird gelesen" in Visit(editor).upload(with_one_cell("A1048576")).shown()
    assert "zu viele verbundene Zellen" in Visit(editor).upload(with_merged(1_000)).pages[-1]


def test_nothing_is_written_before_the_preview_is_confirmed(editor: Client):
    visit = Visit(editor).upload(with_merged_cells()).go_on().go_on()

    assert "Alles einspielen" in visit.shown()
    assert (Node.objects.count(), Department.objects.filter(name="Stabsstelle Klima").count()) == (0, 0)


WRONG = [
    ["Themenfeld", "Maßnahme", "Zeitraum", "Federführung", "Beteiligung", "Kosten", "Zielgruppe"],
    ["Klima", "Eins", "irgendwann", "FB Bildung", "keine", "5 €", "alle"],
    ["Klima", "Zwei", "2030 bis 2026", "Frau Muster", "formell", "-3", "alle"],
    ["Klima", "Drei", "bald", "FB Bildung", "vielleicht", "5 €", "x" * 301],
    ["Klima", "Vier ✅", "2026", "FB Bildung", "", "1 bis 2 €", "alle"],
]


def test_all_mistakes_are_told_at_once_and_by_kind(editor: Client):
    visit = Visit(editor).upload(xlsx_of(WRONG)).go_on()

    page = visit.shown()

    assert "Zeitraum: kann hier nicht gelesen werden (2 Zellen; Zeile 2, 4) „irgendwann“, „bald“" in page
    assert "Federführung: Namen von Personen stehen nicht in der Strategie (1 Zelle; Zeile 3)" in page
    assert "Beteiligung: „keine Beteiligung“ braucht eine Begründung (1 Zelle; Zeile 2)" in page
    assert "Beteiligung: „vielleicht“" in page
    assert "Zielgruppe: Der Text hat 301 Zeichen" in page
    visit.go_on().go_on()
    read = Measure.objects.all()
    assert [(each.title, each.participation, each.target_group) for each in read] == [
        ("Eins", "", "alle"),
        ("Zwei", "formal", "alle"),
        ("Drei", "", ""),
        ("Vier", "", "alle"),
    ]
    assert [each.cost_note for each in read] == ["", "-3", "", "1 bis 2 €"]


def test_list_comes_back_with_a_column_of_remarks_and_can_come_in_again(editor: Client):
    visit = Visit(editor).upload(xlsx_of([["Maßnahmen der Stadt"], [], *WRONG])).go_on()

    content = editor.get(visit.address.replace("pruefen/", "anmerkungen.xlsx")).content

    grid = [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    assert [row[:7] for row in grid[2:]] == [[each or None for each in row] for row in WRONG]
    assert grid[2][7] == "Anmerkungen des Portals"
    assert grid[3][7].startswith("C „irgendwann“: kann hier nicht gelesen werden.")
    assert grid[6][7] is None
    Visit(editor).upload(content).bring_in()
    assert Measure.objects.count() == 4


def test_wide_list_and_many_names_stay_pages_that_can_be_read(editor: Client):
    wide = [["Maßnahme", "Federführung", *(f"Spalte {n}" for n in range(70))]]
    rows = [
        [f"Nummer {chr(65 + n // 26)}{chr(97 + n % 26)}", f"Amt {n} {chr(97 + n % 26) * 9}", *["y"] * 70]
        for n in range(60)
    ]
    visit = Visit(editor).upload(xlsx_of([*wide, *rows]))

    page = editor.get(visit.address).content

    assert "12 weitere Spalten werden nicht gelesen" in page.decode()
    assert len(page) < 300_000
    visit.go_on().go_on()
    assert visit.address.endswith("/pruefen/")
    visit.go_on()
    assert visit.address.endswith("/vorschau/")


def test_those_who_may_make_no_department_leave_it_out(city: None):
    browser = browser_of(person("Steuerungsgruppe"))
    visit = Visit(browser).upload(
        xlsx_of([["Maßnahme", "Federführung"], ["Eins", "FB Neues"], ["Zwei", "FB Bildung"]])
    )
    visit.go_on()

    assert "neu anlegen" not in visit.shown()

    visit.go_on().go_on()
    assert [str(each.lead) for each in Measure.objects.all()] == ["None", "Fachbereich Schule und Bildung"]


def test_list_of_somebody_else_or_one_that_is_gone_leads_back(editor: Client):
    address = Visit(browser_of(person("Steuerungsgruppe"))).upload(xlsx_of(WRONG)).address

    for part in ("", "pruefen/", "vorschau/", "anmerkungen.xlsx"):
        answer = editor.get(f"{address}{part}", follow=True)
        assert answer.redirect_chain == [(PAGE, 302)]
        assert "Die hochgeladene Tabelle ist nicht mehr da" in answer.content.decode()


def test_downloaded_table_is_previewed_at_once(editor: Client):
    content = editor.get("/verwaltung/tabellen/herunterladen/?format=csv").content
    content += b";Themenfeld;;;Klima;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\r\n"

    answer = editor.post(PAGE, {"file": SimpleUploadedFile("strategie.csv", content)})

    assert answer.status_code == 302
    assert answer.url.startswith("/verwaltung/tabellen/einspielen/")
