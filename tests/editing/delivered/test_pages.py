"""The pages that read a list: what somebody sets there holds, what cannot be is refused and stays as it was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from editing.delivered.delivery import Delivery
from editing.models import ImportFile
from measures.models import Measure
from strategy.tree.models import Node
from tests.editing.delivered.city_lists import saved
from tests.editing.delivered.coming_in import PAGE, Visit
from tests.editing.pages import text_of
from tests.editing.tables.table_files import xlsx_of
from tests.strategy.outline import outline, plant, tidy


def book(**sheets: list[list[object]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(made)


TWO = book(
    Ziele=[["Nr.", "Strategisches Ziel"], [1, "Wärme"], [2, "Strom"]],
    Liste=[
        ["Maßnahme", "Kosten", "Ort"],
        ["Eins", 1, "Wanne"],
        ["Zwei", 2, "Eickel"],
        ["Ende der Liste", 3, ""],
    ],
)


def test_another_sheet_and_other_rows_are_read_where_somebody_says_so(editor: Client):
    visit = Visit(editor).upload(TWO)
    assert "Maßnahme" in visit.shown() and "3 Zeilen werden gelesen" in visit.shown()

    visit.go_on(part="place", sheet="Liste", header="1", last="3")

    assert "2 Zeilen werden gelesen" in visit.shown()

    visit.go_on(part="place", sheet="Ziele", header="1", last="3")

    assert "Strategisches Ziel Wärme Strom" in visit.shown()
    assert ImportFile.objects.get().choices == {"kept": "", "sheet": "Ziele"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"sheet": "Liste", "header": "3", "last": "2"}, "Die letzte Zeile muss unter der Zeile"),
        ({"sheet": "Fehlt", "header": "1", "last": "3"}, "Fehlt"),
        ({"sheet": "Liste", "header": "eins", "last": "3"}, "ganze Zahl"),
    ],
)
def test_place_that_cannot_be_is_refused(editor: Client, typed: dict[str, str], says: str):
    visit = Visit(editor).upload(TWO)
    before = ImportFile.objects.get().choices

    visit.go_on(part="place", **typed)

    assert says in visit.pages[-1]
    assert ImportFile.objects.get().choices == before


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"column-1": "erfunden"}, "erfunden"),
        ({"column-0": "", "column-1": ""}, "Bitte wählen Sie die Spalte mit den Titeln"),
    ],
)
def test_columns_that_cannot_be_are_refused(editor: Client, typed: dict[str, str], says: str):
    visit = Visit(editor).upload(xlsx_of([["Maßnahme", "Kosten"], ["Eins", 1], ["Zwei", 2]]))

    visit.go_on(**typed)

    assert says in visit.pages[-1]
    assert "targets" not in ImportFile.objects.get().choices


def test_column_is_not_read_or_read_as_something_else(editor: Client):
    grid = [["Maßnahme", "Kosten", "Bemerkung"], ["Eins", 1, "Mit dem Land."], ["Zwei", 2, ""]]

    Visit(editor).upload(xlsx_of(grid)).go_on(**{"column-1": "", "column-2": "note"}).go_on().go_on()

    assert [(each.cost_once, each.text) for each in Measure.objects.all()] == [
        (None, "**Bemerkung:** Mit dem Land."),
        (None, ""),
    ]


def test_numbers_stand_for_the_levels_that_somebody_says(editor: Client):
    grid = [["Nr.", "Bezeichnung"], ["1", "Klima"], ["1.1", "Wärme"], ["1.1.1", "Planen"], ["1.1.2", "Bauen"]]

    Visit(editor).upload(xlsx_of(grid)).go_on(**{"depth-3": "operational_goal"}).go_on().go_on()

    assert outline() == tidy("""
        theme Klima
          guideline Leitlinie zu „Klima“
            strategic_goal Wärme
              operational_goal Planen
              operational_goal Bauen
    """)


def test_empty_cell_of_a_goal_says_what_the_one_above_says(editor: Client):
    grid = [
        ["Themenfeld", "Ziel", "Maßnahme", "Kosten"],
        ["Klima", "Wärme", "Planen", 1],
        ["Klima", "", "Bauen", 2],
        ["", "Strom", "Sparen", 3],
        ["Bildung", "", "Lernen", 4],
    ]

    Visit(editor).upload(xlsx_of(grid)).bring_in()

    assert outline() == tidy("""
        theme Klima
          guideline Leitlinie zu „Klima“
            strategic_goal Wärme
              measure Planen
              measure Bauen
            strategic_goal Strom
              measure Sparen
        theme Bildung
          guideline Leitlinie zu „Bildung“
            strategic_goal Strategisches Ziel zu „Bildung“
              measure Lernen
    """)


def test_numbers_of_the_columns_are_no_row_and_words_on_taking_part_no_choice(editor: Client):
    grid = [
        ["Maßnahme", "Kosten", "Beteiligung"],
        ["(1)", "(2)", "(3)"],
        ["Eins", 1, "Workshop mit den Eltern der Schulen"],
        ["Zwei", 2, "Befragung im Stadtteil"],
    ]

    Visit(editor).upload(xlsx_of(grid)).bring_in()

    assert [(each.title, each.participation, each.participation_note) for each in Measure.objects.all()] == [
        ("Eins", "", "Workshop mit den Eltern der Schulen"),
        ("Zwei", "", "Befragung im Stadtteil"),
    ]


def test_list_without_themes_comes_below_what_somebody_chooses(editor: Client):
    tree = plant("""
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              operational_goal Mensen
    """)
    grid = [["Maßnahme", "Kosten"], ["Eins", 1], ["Zwei", 2]]

    Visit(editor).upload(xlsx_of(grid)).go_on(below=str(tree["Schulen"].uid)).go_on().go_on()

    assert outline() == tidy("""
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              measure Eins
              measure Zwei
              operational_goal Mensen
    """)


def test_name_that_nobody_knows_stands_for_what_somebody_says(editor: Client):
    grid = [
        ["Maßnahme", "Federführung", "Ort"],
        ["Eins", "Schulamt", "Wanne"],
        ["Zwei", "Schulamt", "Wane-Nord"],
    ]
    visit = Visit(editor).upload(xlsx_of(grid)).go_on()
    assert "Wo: „Wane-Nord“" in visit.shown()

    visit.go_on(**{"name-lead-schulamt": "bildung", "name-districts-wane-nord": "wanne"}).go_on()

    read = Measure.objects.prefetch_related("districts")
    assert [(each.lead.key, [str(one) for one in each.districts.all()]) for each in read] == [
        ("bildung", ["Wanne"]),
        ("bildung", ["Wanne"]),
    ]


def test_table_that_changed_meanwhile_is_previewed_anew(editor: Client):
    grid = [["Themenfeld", "Maßnahme", "Kosten"], ["Klima", "Eins", 1], ["Klima", "Zwei", 2]]
    visit = Visit(editor).upload(xlsx_of(grid)).go_on().go_on()
    page = editor.get(visit.address).content.decode()
    plant("theme Klima")

    answer = editor.post(visit.address, {"digest": page.split('name="digest" value="')[1][:64]})

    assert "Nichts wurde geschrieben: Der Arbeitsstand wurde inzwischen geändert" in text_of(
        answer.content.decode()
    )
    assert Measure.objects.count() == 0
    assert Node.objects.count() == 1


def test_more_than_the_tree_takes_at_once_is_told_before_the_preview(editor: Client):
    grid = [["Themenfeld", "Maßnahme"], *[["Klima", f"Maßnahme Nummer {n}"] for n in range(501)]]
    visit = Visit(editor).upload(xlsx_of(grid)).go_on()

    page = editor.get(visit.address)

    assert "höchstens 500" in page.content.decode()
    assert len(page.content) < 300_000


def test_reading_a_list_asks_the_database_the_same_however_long_it_is(city: None):
    def queries(rows: int) -> int:
        measures = [["Klima", f"M {n}", "FB Bildung"] for n in range(rows)]
        content = xlsx_of([["Themenfeld", "Maßnahme", "Federführung"], *measures])
        with CaptureQueriesContext(connection) as asked:
            assert len(Delivery(content, name="x", choices={}).plan.new) == rows + 3
        return len(asked)

    assert queries(3) == queries(30)


def test_sending_the_upload_again_is_one_file(editor: Client):
    content = xlsx_of([["Maßnahme", "Kosten"], ["Eins", 1]])

    for _time in range(2):
        editor.post(PAGE, {"file": SimpleUploadedFile("Liste.xlsx", content)})

    assert ImportFile.objects.count() == 1
