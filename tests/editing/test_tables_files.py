"""Files that people upload: what is read, and what is refused in a sentence, whatever the file is called."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from editing.tables.cells import Unreadable
from editing.tables.columns import columns
from editing.tables.export import export
from editing.tables.findings import TableError
from editing.tables.reading import read_sheet
from tests.editing.table_files import csv_of, saved, xlsx_of

HEADERS = [column.header for column in columns()]
WIDTH = len(HEADERS)
DAMAGED = (
    "Die XLSX-Datei ist beschädigt oder keine Tabelle. Bitte speichern Sie sie noch einmal als "
    "„Excel-Arbeitsmappe (.xlsx)“."
)
TOO_LARGE = "Die XLSX-Datei ist ausgepackt zu groß: Möglich sind höchstens 64 Megabyte. Nichts wurde gelesen."
DATE = "Die Tabellenkalkulation hat aus der Eingabe ein Datum gemacht. Bitte formatieren Sie die Zelle zuerst als Text."
FORMULA = "Hier steht eine Formel. Bitte ersetzen Sie sie durch den Wert, den sie ergibt."


def refused(content: bytes) -> str:
    with pytest.raises(TableError) as error:
        read_sheet(content)
    return str(error.value)


def row_with(**cells) -> list:
    keys = [column.key for column in columns()]
    return [cells.get(key) for key in keys]


def grid(**cells) -> list[list]:
    return [HEADERS, row_with(**cells)]


def cell_of(content: bytes, key: str):
    return read_sheet(content).rows[0].cells[key]


def book_with(value, key: str = "title", number_format: str | None = None) -> bytes:
    """A table whose one row has this value, as a spreadsheet would store it."""
    book = Workbook()
    book.active.append(HEADERS)
    book.active.append(row_with(uid="neu-1"))
    cell = book.active.cell(2, [column.key for column in columns()].index(key) + 1, value)
    if number_format:
        cell.number_format = number_format
    return saved(book)


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same file with other parts; their names are given without "xl/" and with "__" for each "/"."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = {f"xl/{name.replace('__', '/')}.xml": data for name, data in parts.items()}
        for name in {*old.namelist(), *names}:
            new.writestr(name, names[name] if name in names else old.read(name))
    return file.getvalue()


def sheet_xml(rows: str, more: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{more}</worksheet>'.encode()


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
            "Die Datei ist mit einem Kennwort geschützt oder im alten Format .xls. Bitte speichern Sie sie ohne Kennwort "
            "als „Excel-Arbeitsmappe (.xlsx)“.",
        ),
        (b"PK\x03\x04 und dann nichts", DAMAGED),
        (b"\x00\x01\x02", "Das ist weder eine XLSX- noch eine CSV-Datei."),
        (
            "uid [uid];Straße".encode("cp1252"),
            "Die CSV-Datei ist nicht in UTF-8 gespeichert; Zeichen gingen verloren. Bitte speichern Sie sie in Excel als "
            "„CSV UTF-8“ oder als .xlsx.",
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

    assert refused(xlsx_of([headers])) == (
        f"Es fehlen Spalten: Titel [title]. Unbekannte Spalten: {get_column_letter(WIDTH - 1)} (Notiz). Doppelte Spalten: Text [text]. "
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


def test_formula_is_no_value():
    assert cell_of(book_with("=1+1"), "title") == Unreadable(FORMULA)


def test_date_is_no_value():
    import datetime

    assert cell_of(book_with(datetime.date(2026, 7, 4)), "title") == Unreadable(DATE)
    assert cell_of(book_with(45_000, number_format='"am" d. mmm'), "title") == Unreadable(DATE)
    assert cell_of(book_with(45_000, number_format='#,##0 "d"'), "title") == 45_000


def test_error_of_a_spreadsheet_is_no_value():
    assert cell_of(book_with("#DIV/0!"), "title") == Unreadable(
        "„#DIV/0!“ ist kein Wert, der sich lesen lässt."
    )


def test_merged_cells_are_refused():
    book = load_workbook(io.BytesIO(xlsx_of(grid(uid="neu-1", title="Titel"))))
    book.active.merge_cells("E2:F3")

    assert refused(saved(book)) == (
        "Die Zellen E2:F3 sind verbunden. Bitte heben Sie die Verbindung auf: Gelesen würde nur die erste."
    )


def test_hidden_sheets_and_others_are_left_alone():
    book = load_workbook(io.BytesIO(xlsx_of(grid(uid="neu-1", title="Titel"))))
    hidden = book.create_sheet("Verborgen", 0)
    hidden.sheet_state = "hidden"
    hidden["A1"] = "anderes"
    book.create_sheet("Danach")["A1"] = "anderes"

    assert cell_of(saved(book), "title") == "Titel"


def test_shared_and_formatted_texts_as_excel_stores_them():
    content = xlsx_of(grid(uid="neu-1"))
    strings = "".join(f"<si><t>{header}</t></si>" for header in HEADERS)
    strings += (
        "<si><r><t xml:space='preserve'>Ein </t></r><r><t>Titel</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    )
    strings += "<si><t>a_x000D_\nb_x005F_x000D_</t></si>"
    header = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(WIDTH))
    cells = f'<c r="E2" t="s"><v>{WIDTH}</v></c><c r="G2" t="s"><v>{WIDTH + 1}</v></c><c r="H2" t="s"><v>99</v></c>'
    rows = f'<row r="1">{header}</row><row r="2">{cells}</row>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = f"<sst {space}>{strings}</sst>".encode()

    row = read_sheet(repacked(content, sharedStrings=shared, worksheets__sheet1=sheet_xml(rows))).rows[0]

    assert row.cells["title"] == "Ein Titel"
    assert row.cells["text"] == "a\nb_x000D_"
    assert row.cells["easy_text"] == Unreadable("„99“ ist kein Wert, der sich lesen lässt.")


@pytest.mark.parametrize(
    "part",
    [
        b"kein XML",
        b"<worksheet><sheetData>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
        b"<a>" * 50_000,
    ],
)
def test_damaged_or_hostile_parts(part: bytes):
    assert refused(repacked(xlsx_of(grid()), worksheets__sheet1=part)) == DAMAGED


def test_zip_file_that_is_no_table():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    assert refused(file.getvalue()) == DAMAGED


def test_sheet_that_says_it_is_larger_than_it_is():
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    assert refused(repacked(xlsx_of(grid()), worksheets__sheet1=sheet_xml(rows))) == (
        "Die Tabelle hat mehr als 500 Spalten."
    )


def bomb(size: int) -> bytes:
    return repacked(xlsx_of(grid()), worksheets__sheet1=b" " * size)


def lying(content: bytes) -> bytes:
    """The same ZIP file, its directory and headers naming one byte for the sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    assert content.count(struct.pack("<L", size)) == 2
    return content.replace(struct.pack("<L", size), struct.pack("<L", 1))


@pytest.mark.parametrize("make", [lambda: bomb(100 * 2**20), lambda: lying(bomb(100 * 2**20))])
def test_zip_bomb_is_refused_in_little_time_and_memory(make):
    content = make()
    assert len(content) < 2**20
    tracemalloc.start()
    started = time.process_time()

    says = refused(content)

    seconds, (_now, most) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert says in (TOO_LARGE, DAMAGED)
    assert seconds < 1
    assert most < 40 * 2**20


def test_part_that_is_read_again_counts_again():
    relation = '<Relationship Id="rId1" Type="x/worksheet" Target="sharedStrings.xml"/>'
    parts = {
        "sharedStrings": b"<sst>" + b" " * (40 * 2**20) + b"</sst>",
        "workbook": b'<workbook><sheets><sheet id="rId1"/></sheets></workbook>',
    }
    content = repacked(xlsx_of(grid()), **parts).replace(
        b"xl/_rels/workbook.xml.rels", b"xl/_rels/workbook.xml.alt_"
    )
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relation}</Relationships>")

    assert refused(file.getvalue()) == TOO_LARGE


def test_other_compressions_are_refused():
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(grid()))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))

    assert refused(file.getvalue()) == DAMAGED


def test_one_long_text_in_many_cells_is_refused():
    long = "x" * 20_000
    strings = f'<sst xmlns="x"><si><t>{long}</t></si></sst>'.encode()
    header = "".join(f'<c t="inlineStr"><is><t>{header}</t></is></c>' for header in HEADERS)
    row = "<row>" + '<c t="s"><v>0</v></c>' * WIDTH + "</row>"
    rows = f"<row>{header}</row>" + row * 100

    says = refused(repacked(xlsx_of(grid()), sharedStrings=strings, worksheets__sheet1=sheet_xml(rows)))

    assert (
        says
        == "Die Tabelle ist zu groß: Möglich sind höchstens 20.000 Zeilen und insgesamt 60 Millionen Zeichen."
    )


@pytest.mark.django_db
def test_half_a_file_is_refused():
    content = export("xlsx")

    assert refused(content[: len(content) // 2]) == DAMAGED
