"""The files of an archive that is checked: tables, PDFs and record say what the edition says."""

import csv
import io
import json
from typing import Any

import pytest

from printing.archive.checking import problems
from strategy.text.spreadsheets import csv_bytes
from tests.printing.archive.archives import as_bytes, exchanged, kept, unpacked

SEAL = {"state": "adopted", "paper_number": "2026/0100", "decided_by": "Rat", "decided_on": "2026-03-17"}
DECISION = {"held_on": "2026-03-17", "is_authoritative": True, "result": "beschlossen"}
PAPER = {"reference": "2026/0100", "withdrawn_on": "", "consultations": [DECISION]}
UNFIT = "rat.json passt nicht zu der Fassung und dem, was über ihren Beschluss festgehalten ist."


def without_column(table: bytes, name: str) -> bytes:
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";"))
    at = rows[0].index(name)
    header, *others = ([*row[:at], *row[at + 1 :]] for row in rows)
    return csv_bytes(header, others)


def sealed(whole: bytes, seal: dict[str, Any], papers: list[dict[str, Any]]) -> dict[str, bytes | None]:
    """Manifest and record of an edition with this seal and these papers, and the decision on paper."""
    said = json.loads(unpacked(whole)["archiv.json"])
    said["edition"] |= seal
    record = {"edition": said["edition"], "papers": papers}
    decision = b"%PDF-1.7 beschluss\n%%EOF\n" if seal["decided_on"] else None
    return {"archiv.json": as_bytes(said), "rat.json": as_bytes(record), "beschluss.pdf": decision}


class TestTables:
    @pytest.mark.parametrize("name", ["themenfelder.csv", "ziele.csv", "massnahmen.csv"])
    def test_row_that_is_missing_is_found(self, found, whole, name):
        lines = unpacked(whole)[name].split(b"\r\n")

        assert found({name: b"\r\n".join([*lines[:-2], b""])}, with_sums=True) == [
            f"{name} sagt nicht dasselbe wie die Fassung."
        ]

    def test_changed_cell_is_found(self, found, whole):
        table = unpacked(whole)["massnahmen.csv"]
        changed = table.replace(b"0,5 Stellen", b"5 Stellen", 1)
        assert changed != table

        assert found({"massnahmen.csv": changed}, with_sums=True) == [
            "massnahmen.csv sagt nicht dasselbe wie die Fassung."
        ]

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe\0", b"uid\r\n"])
    def test_nonsense_is_found(self, found, content):
        assert found({"ziele.csv": content}, with_sums=True) == [
            "ziele.csv sagt nicht dasselbe wie die Fassung."
        ]

    def test_column_with_contents_is_missed(self, found, whole):
        table = without_column(unpacked(whole)["ziele.csv"], "title")

        assert found({"ziele.csv": table}, with_sums=True) == [
            "ziele.csv sagt nicht dasselbe wie die Fassung."
        ]

    def test_another_program_is_named_where_its_tables_differ(self, tmp_path, whole, settings):
        settings.PROGRAM_VERSION = "später"
        changed = exchanged(whole, {"ziele.csv": b"uid\r\n"}, with_sums=True)

        found = problems(kept(tmp_path, changed))

        assert found[0] == "ziele.csv sagt nicht dasselbe wie die Fassung."
        assert found[1].startswith("Das Archiv stammt von einer anderen Version des Programms (")
        assert problems(kept(tmp_path, whole)) == []


class TestPdfs:
    @pytest.mark.parametrize("name", ["langfassung.pdf", "kurzfassung.pdf"])
    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ", b"<html>%%EOF", b"%%EOF%PDF-"])
    def test_what_is_no_pdf_is_found(self, found, name, content):
        assert found({name: content}, with_sums=True) == [f"{name} ist keine vollständige PDF-Datei."]


class TestRecord:
    @pytest.mark.parametrize(
        "content", [b"", b"{}", b"[]", b"null", b'{"papers": []}', b'{"papers": 5}', b"\xff"]
    )
    def test_emptied_record_is_found(self, found, content):
        assert found({"rat.json": content}, with_sums=True) == [UNFIT]

    def test_record_of_another_edition_is_found(self, found, whole):
        said = json.loads(unpacked(whole)["rat.json"])
        said["edition"]["slug"] = "andere"

        assert found({"rat.json": as_bytes(said)}, with_sums=True) == [UNFIT]

    @pytest.mark.parametrize(
        ("seal", "paper"),
        [
            (SEAL, PAPER),
            ({**SEAL, "state": "consultation", "decided_on": ""}, {**PAPER, "consultations": []}),
            ({**SEAL, "decided_on": "2026-02-01"}, {**PAPER, "withdrawn_on": "2026-02-01"}),
        ],
    )
    def test_record_with_paper_and_day_of_the_seal_fits(self, found, whole, seal, paper):
        assert found(sealed(whole, seal, [paper]), with_sums=True) == []

    @pytest.mark.parametrize(
        "papers",
        [
            [],
            [{**PAPER, "reference": "2026/0101"}],
            [{**PAPER, "consultations": []}],
            [{**PAPER, "consultations": [{**DECISION, "held_on": "2026-03-18"}]}],
            [{**PAPER, "consultations": [{**DECISION, "is_authoritative": False}]}],
        ],
    )
    def test_record_without_paper_or_day_of_the_seal_does_not(self, found, whole, papers):
        assert found(sealed(whole, SEAL, papers), with_sums=True) == [UNFIT]
