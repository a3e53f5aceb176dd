"""Files that people upload: what is read, and what is refused in a sentence, whatever the file is called."""

import pytest
from openpyxl.utils import get_column_letter

from editing.tables.reading import read_sheet
from tests.editing.tables.table_files import HEADERS, cell_of, csv_of, grid, refused, row_with, xlsx_of

WIDTH = len(HEADERS)
DAMAGED = (
    "Die XLSX-Datei ist beschädigt oder keine Tabelle. Bitte speichern Sie sie noch einmal als "
    "„Excel-Arbeitsmappe (.xlsx)“."
)


def test_cells_of_both_kinds_of_file_are_the_same():
    row = row_with(uid="neu-1", title="=SUMME(A1)", text="'a'\n\n;b", slug="+1")

    xlsx, csv = read_sheet(xlsx_of([HEADERS, row])), read_sheet(csv_of([HEADERS, row]))

    assert {key: value for key, value in xlsx.rows[0].cells.items() if value is not None} == {
        "uid": "neu-1",
        "title": "=SUMME(A1)",
        "text": "'a'\n\n;b",
        "slug": "+1",
    }
    assert xlsx.rows == csv.rows


def test_addresses_are_those_of_the_spreadsheet():
    sheet = read_sheet(csv_of([HEADERS, [], row_with(uid="neu-1", title="a\nb"), row_with(uid="neu-2")]))

    assert [sheet.address(row, "title") for row in sheet.rows] == ["E3", "E4"]


def test_columns_may_stand_in_another_order():
    order = [*range(WIDTH)][::-1]
    rows = [[row[at] for at in order] for row in grid(uid="neu-1", title="Titel")]

    assert read_sheet(xlsx_of(rows)).rows[0].cells["title"] == "Titel"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_with_another_delimiter_is_read(delimiter: str):
    content = csv_of(grid(uid="neu-1", title="a; b, c"), delimiter=delimiter)

    assert cell_of(content, "title") == "a; b, c"


def test_csv_without_a_mark_is_read_and_its_line_ends_do_not_matter():
    content = csv_of(grid(uid="neu-1", text="a\nb"), encoding="utf-8").replace(b"\r\n", b"\n")

    assert cell_of(content, "text") == "a\nb"
    assert cell_of(content.replace(b"\n", b"\r\n"), "text") == "a\nb"


def test_exactly_one_apostrophe_is_taken_from_a_csv_cell():
    content = csv_of([HEADERS, row_with(uid="x")]).replace(b"\r\nx;", b"\r\n''x;")

    assert cell_of(content, "uid") == "'x"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Die Datei ist leer: Sie enthält keine Tabelle."),
        (b" \r\n ", "Die Datei ist leer: Sie enthält keine Tabelle."),
        (
            b"%PDF-1.7 ...",
            "Das ist eine PDF-Datei, keine Tabelle. Bitte laden Sie eine XLSX- oder CSV-Datei hoch.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "Die Datei ist mit einem Kennwort geschützt oder im alten Format .xls. Bitte speichern Sie sie ohne "
            "Kennwort als „Excel-Arbeitsmappe (.xlsx)“.",
        ),
        (b"PK\x03\x04 und dann nichts", DAMAGED),
        (b"\x00\x01\x02", "Das ist weder eine XLSX- noch eine CSV-Datei."),
        (
            "uid [uid];Straße".encode("cp1252"),
            "Die CSV-Datei ist nicht in UTF-8 gespeichert; Zeichen gingen verloren. Bitte speichern Sie sie in Excel "
            "als „CSV UTF-8“ oder als .xlsx.",
        ),
    ],
)
def test_file_that_is_no_table(content: bytes, says: str):
    assert refused(content) == says


def test_file_larger_than_ten_megabytes():
    assert refused(b"x" * (10 * 2**20 + 1)) == "Die Datei ist größer als 10 Megabyte."


def test_damaged_csv():
    content = csv_of(grid(uid="neu-1")) + b'"offen'

    assert refused(content) == (
        "Die CSV-Datei ist nach Zeile 2 beschädigt: Ein Anführungszeichen fehlt, oder eine Zelle ist zu lang."
    )
    assert "beschädigt" in refused(csv_of(grid(uid="neu-1", text="x" * 200_000)))


def test_headers_alone():
    assert refused(csv_of([HEADERS])) == "Die Tabelle enthält unter den Überschriften keine Zeilen."


def test_wrong_columns_are_named():
    headers = [
        header
        for header in HEADERS
        if header not in ("Titel [title]", "Kennung (nur zur Information) [code]")
    ]
    headers = [*headers, "Notiz", "Text [text]"]

    place = get_column_letter(WIDTH - 1)
    assert refused(xlsx_of([headers])) == (
        f"Es fehlen Spalten: Titel [title]. Unbekannte Spalten: {place} (Notiz). Doppelte Spalten: Text [text]. "
        "Bitte übernehmen Sie die Überschriften, wie sie in einer heruntergeladenen Tabelle stehen."
    )


def test_cell_below_an_empty_header_is_named():
    rows = [HEADERS, [*row_with(uid="neu-1"), None, "Notiz"]]

    assert (
        refused(xlsx_of(rows))
        == f"Zelle {get_column_letter(WIDTH + 2)}2 steht in einer Spalte ohne Überschrift."
    )


def test_too_many_rows():
    rows = [HEADERS, *([f"neu-{n}"] for n in range(20_001))]
    says = "Die Tabelle ist zu groß: Möglich sind höchstens 20.000 Zeilen und insgesamt 60 Millionen Zeichen."

    assert refused(csv_of(rows)) == says
    assert len(read_sheet(csv_of(rows[:-1])).rows) == 20_000


def test_empty_rows_that_a_spreadsheet_keeps_do_not_count():
    content = csv_of([*grid(uid="neu-1"), *([[]] * 30_000)])

    assert len(read_sheet(content).rows) == 1
