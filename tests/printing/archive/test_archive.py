"""The archive of an edition: what is in it, and that it is always the same."""

import csv
import io
import json
import zipfile
from io import StringIO

import pytest

from printing.archive.contents import contents
from printing.archive.tables import tables
from strategy.document.data import digest_of
from strategy.document.document import Document
from strategy.editions.models import Edition
from tests.printing.archive.archives import NO_PAPERS, PDFS, archived
from tests.published import publish


@pytest.fixture
def edition(db: None) -> Edition:
    hostile = {"title": "Beispiel: =1+1", "text": "</style><script>alert(1)</script> **fett**"}
    publish("eins", knoten_5=hostile)
    return Edition.objects.get()


@pytest.fixture
def whole(edition: Edition) -> bytes:
    return archived(edition)


def read(whole: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return archive.read(name).decode("utf-8-sig")


def test_archive_holds_the_edition_in_all_its_forms(whole: bytes, edition: Edition) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = archive.namelist()

    assert names == [
        "LIESMICH.txt",
        "LIZENZ.txt",
        "SHA256SUMS",
        "Schrift-Lizenz.txt",
        "archiv.json",
        "fassung.json",
        "kurzfassung.pdf",
        "langfassung.pdf",
        "massnahmen.csv",
        "rat.json",
        "strategie.html",
        "themenfelder.csv",
        "ziele.csv",
    ]
    assert digest_of(read(whole, "fassung.json")) == edition.digest
    assert edition.digest in read(whole, "LIESMICH.txt")
    assert "Für den Inhalt dieses Archivs ist keine Lizenz festgelegt." in read(whole, "LIZENZ.txt")


def test_same_edition_gives_the_same_bytes(whole: bytes, edition: Edition) -> None:
    again = archived(Edition.objects.get())

    assert again == whole


def test_nothing_in_it_depends_on_the_day_or_the_machine(whole: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entries = archive.infolist()

    assert {(each.date_time, each.compress_type, each.create_system) for each in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3)
    }
    assert [each.filename for each in entries] == sorted(each.filename for each in entries)


def test_page_needs_nothing_beside_it_and_runs_nothing(whole: bytes) -> None:
    page = read(whole, "strategie.html")

    assert "Beispiel: =1+1" in page
    assert "&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt; <strong>fett</strong>" in page
    assert page.count("</style>") == 1
    for foreign in ("<script", "<link", "src=", "url(http", 'url("/', "@import"):
        assert foreign not in page


def test_licence_that_the_city_has_chosen_is_named(settings, edition: Edition) -> None:
    settings.DATA_LICENCE = "dl-de/by-2-0"

    text = " ".join(contents(edition, NO_PAPERS, PDFS)["LIZENZ.txt"].decode().split())

    assert "dl-de/by-2-0: https://www.govdata.de/dl-de/by-2-0" in text
    assert "kennzeichnen Sie, was Sie geändert haben" in text


def test_tables_have_every_node_in_words_and_no_formula(whole: bytes, edition: Edition) -> None:
    document = Document.from_json(edition.content.data)

    rows = list(csv.DictReader(StringIO(read(whole, "massnahmen.csv"), newline=""), delimiter=";"))

    assert [row["uid"] for row in rows] == [entry.uid for entry in document.all_measures]
    hostile = next(row for row in rows if row["title"].endswith("=1+1"))
    assert hostile["title"] == "Beispiel: =1+1"
    first = document.all_measures[0]
    assert rows[0]["lead"] == first.values["lead"]["name"]
    assert rows[0]["cost_once"] == str(first.values["cost_once"] or "")
    assert rows[0]["parent"] == first.parent.uid


def test_text_that_a_spreadsheet_would_take_for_a_formula_is_guarded(edition: Edition) -> None:
    data = json.loads(edition.content.data)
    measure = next(node for node in data["nodes"] if node["kind"] == "measure")
    measure["text"] = "=HYPERLINK(1)"

    table = tables(Document.from_data(data))["massnahmen.csv"].decode()

    assert "'=HYPERLINK(1)" in table


def test_old_edition_without_a_field_has_an_empty_cell(edition: Edition) -> None:
    data = json.loads(edition.content.data)
    for node in data["nodes"]:
        node["values"].pop("funding", None)

    table = tables(Document.from_data(data))["massnahmen.csv"].decode("utf-8-sig")

    assert {row["funding"] for row in csv.DictReader(StringIO(table, newline=""), delimiter=";")} == {""}
