"""What spreadsheets make of texts: percent is read as it is shown, and what looks spoiled is pointed out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from editing.tables.spoiled import suspicion
from strategy.tree.fields import Field, Lines, Number, Text
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table, cell_of
from tests.editing.tables.test_tables_xlsx import book_with
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          operational_goal Siegel
            measure Garten
"""
DATE, NUMBER = "sieht wie ein Datum aus", "sieht wie eine Zahl aus"


@pytest.fixture
def nodes() -> dict[str, Node]:
    plant(TREE)
    return saved()


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.85, "0%", "85 %"),
        (0.855, "0%", "86 %"),
        (0.855, "0.0%", "85,5 %"),
        (0.07, "0.00 %", "7,00 %"),
        (-0.5, "0%;[Red]-0%", "-50 %"),
        (12.5, "#,##0%", "1250 %"),
        (815, "0000", "0815"),
        (815, "0", 815),
        (815, "0000;-0000", "0815"),
        (815, '0" %"', 815),
    ],
)
def test_number_is_read_as_its_cell_shows_it(value: float, code: str, shown: str | int):
    assert cell_of(book_with(value, number_format=code), "title") == shown


def test_percentage_arrives_as_a_text_and_as_a_number(nodes):
    table = Table("csv")
    table.set("Garten", funding="85 %")
    table.set("Siegel", target_value="85 %", base_value="12,5%", unit="%")

    table.take_over()

    assert saved()["Garten"].funding == "85 %"
    siegel = saved()["Siegel"]
    assert (siegel.base_value, siegel.target_value) == (12.5, 85)


def test_percentage_is_no_amount(nodes):
    table = Table("csv")
    table.set("Garten", cost_once="85 %")

    ((_place, says),) = table.complaints()

    assert says == "„85 %“ ist keine Zahl."


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("815", NUMBER),
        (815, NUMBER),
        ("0,85", NUMBER),
        ("1,23E+15", NUMBER),
        ("01. Feb", DATE),
        ("01.02.2026", DATE),
        ("1.2.", DATE),
        ("Feb 26", DATE),
        ("1-Feb", DATE),
        ("2026-02-01 00:00:00", DATE),
        ("0815", ""),
        ("0,5 Stellen", ""),
        ("1/2 Stelle", ""),
        ("Märkte 2026", ""),
        ("Mai", ""),
        ("bis 2030", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_text_that_looks_like_a_number_or_a_date_is_suspicious(cell, says: str):
    for field in (Field("staff", "Personal"), Text("text", "Text"), Lines("partners", "Partner")):
        said = suspicion(field, cell)
        assert says in said if says else said == ""


def test_field_that_holds_numbers_or_an_address_is_not_suspicious():
    assert suspicion(Number("start_year", "ab"), 2027) == ""
    assert suspicion(Field("slug", "Adresse"), "2027") == ""


def test_preview_points_out_changed_cells_alone_and_the_table_can_be_imported(nodes):
    editor = browser_of(person("Steuerungsgruppe"))
    table = Table("csv")
    table.set("Garten", staff="0815", funding="1/2")
    table.take_over()
    spoiled = Table("csv")
    spoiled.set("Garten", staff="815", funding="01. Feb")
    file = SimpleUploadedFile("tabelle.csv", spoiled.content())

    text = text_of(editor.get(editor.post("/verwaltung/tabellen/", {"file": file}).url).content.decode())
    untouched = Table("csv").plan()

    assert "In 2 Zellen steht vielleicht nicht, was eingegeben wurde." in text
    assert f"„815“ {NUMBER}" in text
    assert f"„01. Feb“ {DATE}" in text
    assert "Alles einspielen" in text
    assert untouched.warnings == []
