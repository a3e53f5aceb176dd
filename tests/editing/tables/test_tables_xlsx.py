"""XLSX files as spreadsheets store them, and as somebody could who means harm."""

import datetime
import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from editing.tables.cells import Unreadable
from editing.tables.export import export
from editing.tables.reading import read_sheet
from tests.editing.tables.table_files import HEADERS, KEYS, cell_of, grid, refused, row_with, saved, xlsx_of

WIDTH = len(HEADERS)
DAMAGED = (
    "Die XLSX-Datei ist beschädigt oder keine Tabelle. Bitte speichern Sie sie noch einmal als "
    "„Excel-Arbeitsmappe (.xlsx)“."
)
TOO_LARGE = "Die XLSX-Datei ist ausgepackt zu groß: Möglich sind höchstens 64 Megabyte. Nichts wurde gelesen."
DATE = "Die Tabellenkalkulation hat aus der Eingabe ein Datum gemacht. Bitte formatieren Sie die Zelle zuerst als Text."
FORMULA = "Hier steht eine Formel. Bitte ersetzen Sie sie durch den Wert, den sie ergibt."


def book_with(value, key: str = "title", number_format: str | None = None) -> bytes:
    """A table whose one row has this value, as a spreadsheet would store it."""
    book = Workbook()
    book.active.append(HEADERS)
    book.active.append(row_with(uid="neu-1"))
    cell = book.active.cell(2, KEYS.index(key) + 1, value)
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


def test_formula_is_no_value():
    assert cell_of(book_with("=1+1"), "title") == Unreadable(FORMULA)


def test_date_is_no_value():
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
