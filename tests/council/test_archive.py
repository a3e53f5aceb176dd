"""The archive of an edition: what is in it, that it is always the same, and that any change is found."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from council.archive.checking import NoArchive, problems
from council.archive.contents import contents, manifest
from council.archive.package import SUMS, packed
from council.archive.tables import tables
from strategy.document import Document, digest_of
from strategy.models import Edition
from tests.published import publish

NO_PAPERS: dict = {"papers": []}
PDFS = {"langfassung.pdf": b"%PDF-1.7 lang", "kurzfassung.pdf": b"%PDF-1.7 kurz"}


@pytest.fixture
def edition(db: None) -> Edition:
    hostile = {"title": "Beispiel: =1+1", "text": "</style><script>alert(1)</script> **fett**"}
    publish("eins", knoten_5=hostile)
    return Edition.objects.get()


@pytest.fixture
def whole(edition: Edition) -> bytes:
    return packed(contents(edition, NO_PAPERS, PDFS), manifest(edition))


@pytest.fixture
def kept(tmp_path: Path, whole: bytes) -> Callable[..., Path]:
    """Writes the archive, with some of its files put in place of others; None takes one out."""

    def write(changed: dict[str, bytes | None] | None = None, *, with_sums: bool = False) -> Path:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        files = {name: content for name, content in (files | (changed or {})).items() if content is not None}
        if with_sums:
            said = json.loads(files.pop("archiv.json"))
            path = tmp_path / "neu.zip"
            path.write_bytes(packed({n: c for n, c in files.items() if n != SUMS}, said))
            return path
        path = tmp_path / "archiv.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path

    return write


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
    again = packed(contents(Edition.objects.get(), NO_PAPERS, PDFS), manifest(edition))

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


class TestVerify:
    def test_whole_archive_is_whole_without_a_database(self, kept, edition, django_assert_num_queries):
        out = StringIO()

        with django_assert_num_queries(0):
            call_command("verify_archive", str(kept()), stdout=out)

        assert "ist vollständig und unverändert." in out.getvalue()
        assert edition.digest in out.getvalue()

    @pytest.mark.parametrize("name", ["langfassung.pdf", "rat.json", "archiv.json", "fassung.json"])
    def test_changed_byte_is_found(self, kept, name):
        assert problems(kept({name: b"{}"})) == [
            f"{name} wurde verändert, nachdem das Archiv entstanden ist."
        ]

    @pytest.mark.parametrize("name", ["LIZENZ.txt", "kurzfassung.pdf", "ziele.csv", "Schrift-Lizenz.txt"])
    def test_missing_file_is_found(self, kept, name):
        assert problems(kept({name: None})) == [f"{name} fehlt."]

    def test_added_file_is_found(self, kept):
        assert problems(kept({"fremd.exe": b"x"})) == ["fremd.exe steht nicht in den Prüfsummen."]

    def test_changed_edition_is_found_even_with_new_checksums(self, kept, edition):
        other = edition.content.data.replace("Beispiel", "Anderes").encode()

        assert problems(kept({"fassung.json": other}, with_sums=True)) == [
            "Die Fassung passt nicht zu der Prüfsumme, die das Archiv nennt."
        ]

    def test_table_without_a_node_is_found_even_with_new_checksums(self, kept, whole):
        table = "\r\n".join(read(whole, "ziele.csv").split("\r\n")[:2]).encode("utf-8-sig")

        assert problems(kept({"ziele.csv": table}, with_sums=True)) == [
            "ziele.csv enthält nicht die Knoten der Fassung."
        ]

    @pytest.mark.parametrize("manifest_text", [b"[]", b'{"format": 1}', b"\xff", b"nichts"])
    def test_nonsense_in_it_is_a_sentence(self, kept, manifest_text):
        path = kept()
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        files["archiv.json"] = manifest_text
        del files[SUMS]
        sums = packed(files, {})
        with zipfile.ZipFile(io.BytesIO(sums)) as archive:
            files[SUMS] = archive.read(SUMS)
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)

        (problem,) = problems(path)

        assert problem.startswith("Das Archiv ist beschädigt:")

    @pytest.mark.parametrize("content", [b"", b"kein ZIP", b"PK\x03\x04kaputt"])
    def test_what_is_no_zip_is_refused_in_a_sentence(self, tmp_path, content):
        path = tmp_path / "archiv.zip"
        path.write_bytes(content)

        with pytest.raises(NoArchive, match="nicht als ZIP lesbar"):
            problems(path)
        with pytest.raises(CommandError, match="nicht als ZIP lesbar"):
            call_command("verify_archive", str(path))

    def test_missing_file_on_disk_is_a_sentence(self, tmp_path):
        with pytest.raises(CommandError, match="nicht als ZIP lesbar"):
            call_command("verify_archive", str(tmp_path / "fehlt.zip"))
