"""The folder that purchasers get: complete, true of one version and day, and never half written."""

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

from procurement import documents, facts, licences, write
from procurement.asvs import counts, requirements
from procurement.release import Release

pytestmark = pytest.mark.once

VERSION, DAY, LONG_DAY = "0.1.0+12345678", "2026-12-01", "1. Dezember 2026"
PAGES = ["index.html", "lizenzen.html", "anforderungen.html", "barrierefreiheit.html", "asvs.html"]


def test_start_page_leads_to_every_file_and_to_no_other(files: dict[str, str]):
    linked = _Links()
    linked.feed(files["index.html"])

    assert set(linked.found) == set(files) - {"index.html"}
    assert {*PAGES, "sbom.cdx.json", "lizenzen.csv", "LICENSE.txt", "SECURITY.md", "publiccode.yml"} <= set(
        files
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_version_and_day_and_is_complete_html(files: dict[str, str], name: str):
    page = files[name]

    assert f"Version {VERSION}, Stand {LONG_DAY}, Commit abc" in page
    assert page.count("<h1>") == 1
    assert page.startswith("<!doctype html>") and page.rstrip().endswith("</html>")
    assert not re.search(
        r'(src|href)="https?:', page
    )  # nothing is loaded, and it can be read without a network


def test_every_table_says_version_and_day_in_each_row(files: dict[str, str]):
    for name in (each for each in files if each.endswith(".csv")):
        rows = list(csv.DictReader(io.StringIO(files[name].removeprefix("\ufeff")), delimiter=";"))

        assert {(row["Version des Portals"], row["Stand vom"]) for row in rows} == {(VERSION, DAY)}, name


def test_other_files_say_the_version(files: dict[str, str], bill: dict):
    assert f'"portal": "{VERSION}"' in files["barrierefreiheit.json"]
    assert bill["metadata"]["component"]["version"] == VERSION
    texts = [name for name in files if name.endswith((".md", ".yml"))]
    assert [name for name in texts if f"Aus herne-strategy {VERSION}, Stand {DAY}." not in files[name]] == []
    assert len(texts) == 5


def test_licence_comes_along_word_for_word(files: dict[str, str]):
    assert files["LICENSE.txt"] == (settings.BASE_DIR / "LICENSE").read_text()


def test_state_with_changes_is_marked_on_its_pages(release: Release):
    page = documents.rendered("asvs.html", release=Release(**{**vars(release), "is_changed": True}), page={})

    assert "mit Änderungen, die noch nicht eingecheckt sind" in page


def test_licences_are_listed_with_the_reason_why_each_may_come_along(files: dict[str, str]):
    rows = list(csv.DictReader(io.StringIO(files["lizenzen.csv"].removeprefix("\ufeff")), delimiter=";"))
    psycopg = next(row for row in rows if row["Bestandteil"] == "psycopg")

    assert psycopg["Lizenz (SPDX)"] == "LGPL-3.0-only"
    assert psycopg["verträglich mit der EUPL, weil"].startswith("Copyleft der Bibliothek")
    assert "psycopg" in files["lizenzen.html"]


def test_table_of_asvs_comes_along_once_it_is_there(release: Release, tmp_path: Path):
    assert requirements(tmp_path) == []
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "asvs.csv").write_text(
        "\ufeffAnforderung;Stufe;Bereich;Stand;Umsetzung oder Grund;Nachweis\n"
        "V1.1.1;2;Eingaben;erfüllt;Weil.;tests/one.py, tests/two.py\n"
        "V1.1.2;1;Eingaben;nicht erfüllt;<b>Fehlt</b>;\n"
        "V2.1.1;2;Anmeldung;erfüllt;Darum.;tests/three.py\n"
    )
    found = requirements(tmp_path)

    without, written = documents._asvs(release, []), documents._asvs(release, found)

    assert "Noch nicht" in without["asvs.html"] and "asvs.csv" not in without
    assert counts(found) == [("erfüllt", {"1": 0, "2": 2}), ("nicht erfüllt", {"1": 1, "2": 0})]
    assert "<code>tests/one.py</code><code>tests/two.py</code>" in written["asvs.html"]
    assert "&lt;b&gt;Fehlt&lt;/b&gt;" in written["asvs.html"]
    assert "V1.1.2;1;Eingaben;nicht erfüllt" in written["asvs.csv"]
    assert facts.of_asvs(found).text.endswith("2 erfüllt, 1 nicht erfüllt")


def test_folder_is_replaced_as_a_whole(tmp_path: Path):
    folder = tmp_path / "procurement"
    write._replace(folder, {write.MARK: "{}", "old.txt": "old"})
    write._refuse_others(folder)
    write._replace(folder, {write.MARK: "{}", "new.txt": "ä"})

    assert {path.name for path in folder.iterdir()} == {write.MARK, "new.txt"}
    assert [path.name for path in tmp_path.iterdir()] == ["procurement"]
    assert (folder / "new.txt").read_text(encoding="utf-8") == "ä"


def test_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "letter.txt").write_text("mine")

    assert write.main([str(tmp_path)]) == 1

    assert capsys.readouterr().err == (
        f"{tmp_path} is there and was not written by this command. Name another folder.\n"
    )
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_unknown_licence_ends_the_command_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setitem(licences.READ_IN_ITS_FILE, "django", "SSPL-1.0")

    assert write.main([str(tmp_path / "procurement")]) == 1

    assert capsys.readouterr().err.startswith("Not known whether these may come with the portal: django 5.")
    assert list(tmp_path.iterdir()) == []


class _Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs)["href"] or "")
