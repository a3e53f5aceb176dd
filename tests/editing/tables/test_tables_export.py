"""Downloaded tables: safe to open in a spreadsheet, with what a person needs to fill them in."""

import csv
import io
import zipfile

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from editing.tables.export import export
from measures.models import Department
from strategy.tree.models import Node
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.factories import DepartmentFactory, DistrictFactory, MeasureFactory, SDGFactory, ThemeFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db
DOWNLOAD = "/verwaltung/tabellen/herunterladen/"


@pytest.fixture
def measure() -> Node:
    measure = MeasureFactory(
        title="=HYPERLINK(1)",
        text="+ a\n\n- b",
        partners="@Verein\nStadtwerke",
        cost_once=12_500,
        staff="-1 Stelle",
        participation="informal",
        lead=DepartmentFactory(key="fb-44", name="Umwelt"),
    )
    measure.sdgs.set([SDGFactory(number=11), SDGFactory(number=4)])
    measure.districts.set(
        [DistrictFactory(key="wanne", position=2), DistrictFactory(key="eickel", position=1)]
    )
    return measure


def sheet():
    return load_workbook(io.BytesIO(export("xlsx"))).worksheets[0]


def cell(key: str):
    found = sheet()
    keys = [header.value.rpartition("[")[2].rstrip("]") for header in found[1]]
    return found[found.max_row][keys.index(key)]


def test_cells_of_a_measure(measure: Node):
    table = Table()
    row = dict(zip(table.keys, table.row("=HYPERLINK(1)"), strict=True))

    assert {key: value for key, value in row.items() if value is not None} == {
        "uid": str(measure.uid),
        "level": "Maßnahme",
        "parent": table.grid[-2][0],
        "code": "1.1.1.1",
        "title": "=HYPERLINK(1)",
        "slug": measure.slug,
        "text": "+ a\n\n- b",
        "is_ongoing": "nein",
        "districts": "eickel, wanne",
        "lead": "fb-44",
        "partners": "@Verein\nStadtwerke",
        "participation": "informelle Beteiligung",
        "staff": "-1 Stelle",
        "cost_once": 12_500,
        "sdgs": "4, 11",
        "is_sample": "nein",
        "version": 1,
    }


def test_text_is_never_a_formula_in_a_workbook(measure: Node):
    assert [(cell(key).data_type, cell(key).value) for key in ("title", "staff")] == [
        ("s", "=HYPERLINK(1)"),
        ("s", "-1 Stelle"),
    ]
    assert (cell("cost_once").data_type, cell("cost_once").value) == ("n", 12_500)
    with zipfile.ZipFile(io.BytesIO(export("xlsx"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_text_is_never_a_formula_in_a_csv_file(measure: Node):
    content = export("csv")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    row = rows[-1]

    assert content.startswith(b"\xef\xbb\xbfID [uid];Ebene [level];")
    assert content.endswith(b"\r\n")
    assert (row["Titel [title]"], row["Text [text]"], row["Personal [staff]"]) == (
        "'=HYPERLINK(1)",
        "'+ a\n\n- b",
        "'-1 Stelle",
    )
    assert row["Beteiligte [partners]"] == "'@Verein\nStadtwerke"
    assert row["Einmalige Kosten [cost_once]"] == "12500"


def test_numbers_of_a_csv_file_are_written_as_in_german():
    plant(
        """
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              operational_goal Siegel
        """,
        Siegel={"base_value": "-12.5", "target_value": "1000"},
    )
    rows = list(csv.DictReader(io.StringIO(export("csv").decode("utf-8-sig")), delimiter=";"))

    assert rows[-1]["Basiswert [base_value]"] == "-12,5"
    assert rows[-1]["Zielwert [target_value]"] == "1000"


def test_sheet_is_pleasant_to_work_in(measure: Node):
    found = sheet()

    assert found.title == "Strategie"
    assert found.freeze_panes == "A2"
    assert found.column_dimensions["E"].width == 50
    assert (cell("text").alignment.wrap_text, cell("text").number_format) == (True, "@")
    assert found["A1"].font.bold


def test_hints_explain_every_column(measure: Node):
    book = load_workbook(io.BytesIO(export("xlsx")))
    rows = {row[0]: row[1:] for row in book["Hinweise"].iter_rows(min_row=2, values_only=True)}

    assert set(rows) == {header.value for header in sheet()[1]} | {"Ganze Tabelle"}
    assert rows["Federführung [lead]"] == ("Maßnahme", "Ein Schlüssel. Möglich ist: fb-44 (Umwelt).")
    assert rows["Bestehend oder neu [novelty]"] == (
        "Maßnahme",
        "Möglich ist: bestehende Maßnahme, neue Maßnahme.",
    )
    assert rows["Trägt bei zu [sdgs]"][0] == "strategisches Ziel, Maßnahme"
    assert rows["Ebene [level]"][1] == (
        "Möglich ist: Kapitel, Themenfeld, Leitlinie, strategisches Ziel, operatives Ziel, Maßnahme. Die Ebene lässt "
        "sich nicht ändern."
    )


def test_no_person_and_no_title_page_is_in_a_table(measure: Node):
    Department.objects.update(email="umwelt@herne.example")

    assert b"herne.example" not in export("csv")


def test_table_of_one_theme(measure: Node):
    other = ThemeFactory(title="Klima")
    table = Table(root=str(other.uid))

    assert [(row[3], row[4]) for row in table.grid[1:]] == [("2", "Klima")]


def test_empty_strategy_is_a_table_of_headers():
    assert len(Table().grid) == len(Table("csv").grid) == 1


def test_queries_do_not_grow_with_the_tree(django_assert_num_queries, measure: Node):
    few = export("csv")
    with django_assert_num_queries(12):
        export("csv")
    MeasureFactory()
    with django_assert_num_queries(12):
        assert len(export("csv")) > len(few)


@pytest.fixture
def reader() -> Client:
    plant("theme Bildung\ntheme Klima")
    return browser_of(person("Lesen"))


def test_downloads_are_named_after_what_they_hold(reader: Client):
    today = f"{timezone.localdate():%Y-%m-%d}"

    whole = reader.get(DOWNLOAD, {"format": "xlsx"})
    theme = reader.get(DOWNLOAD, {"format": "csv", "umfang": str(Node.objects.get(title="Klima").uid)})

    assert whole["Content-Disposition"] == f'attachment; filename="strategie-{today}.xlsx"'
    assert theme["Content-Disposition"] == f'attachment; filename="themenfeld-klima-{today}.csv"'
    assert theme["Content-Type"] == "text/csv; charset=utf-8"
    assert "Klima" in theme.content.decode() and "Bildung" not in theme.content.decode()
    assert "no-store" in whole["Cache-Control"]


@pytest.mark.parametrize("wish", [{}, {"format": "pdf"}, {"format": "csv", "umfang": "gibt-es-nicht"}])
def test_download_of_what_is_not_there(reader: Client, wish: dict[str, str]):
    page = reader.get(DOWNLOAD, wish, follow=True)

    assert (
        "Das lässt sich nicht herunterladen oder ist nicht mehr da. Bitte wählen Sie neu."
        in page.content.decode()
    )
