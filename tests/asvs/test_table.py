"""docs/asvs.csv is whole, in order, and names nothing that is not there."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from strategy.text.spreadsheets import RISKY
from tests.asvs.table import MET, NOT_APPLICABLE, NOT_MET, Row, fault_of, rows_of, text_of

pytestmark = pytest.mark.once

TABLE = settings.BASE_DIR / "docs" / "asvs.csv"
# Requirements of levels 1 and 2, by chapter of ASVS 5.0.
REQUIREMENTS = {
    1: (8, 19),
    2: (4, 7),
    3: (8, 11),
    4: (2, 8),
    5: (4, 5),
    6: (13, 22),
    7: (6, 12),
    8: (4, 3),
    9: (4, 3),
    10: (5, 24),
    11: (3, 11),
    12: (3, 6),
    13: (1, 12),
    14: (2, 7),
    15: (3, 10),
    16: (0, 16),
    17: (0, 7),
}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return rows_of(TABLE.read_text(encoding="utf-8-sig"))


def test_no_requirement_is_missing(rows: list[Row]) -> None:
    counts = Counter((row.chapter, row.level) for row in rows)

    assert {chapter: (counts[chapter, "1"], counts[chapter, "2"]) for chapter in REQUIREMENTS} == REQUIREMENTS
    assert len(rows) == sum(map(sum, REQUIREMENTS.values())) == 253
    assert len({row.requirement for row in rows}) == 253


def test_requirements_are_those_that_owasp_publishes(rows: list[Row]) -> None:
    published = os.environ.get("ASVS_CSV")
    if not published:
        pytest.skip("ASVS_CSV names no copy of OWASP's own table (columns req_id and L) to compare with")
    with Path(published).open(encoding="utf-8", newline="") as file:
        wanted = {row["req_id"]: row["L"] for row in csv.DictReader(file) if row["L"] in ("1", "2")}

    assert {row.requirement: row.level for row in rows} == wanted


def test_rows_stand_in_the_order_of_their_numbers(rows: list[Row]) -> None:
    assert rows == sorted(rows, key=lambda row: row.number)


def test_file_is_as_a_spreadsheet_opens_it(rows: list[Row]) -> None:
    text = TABLE.read_bytes().decode("utf-8")
    cells = [cell for row in rows for cell in (row.area, row.status, row.reason, *row.proofs)]

    assert text == f"\ufeff{text_of(rows)}"
    assert len(text.splitlines()) == len(rows) + 1
    assert [cell for cell in cells if cell.startswith(RISKY)] == []


def test_every_row_says_how_it_is_and_why(rows: list[Row]) -> None:
    assert {row.status for row in rows} <= {MET, NOT_MET, NOT_APPLICABLE}
    assert [row.requirement for row in rows if len(row.reason) < 20 or not row.area] == []
    assert [row.requirement for row in rows if row.reason[-1] != "."] == []


def test_what_is_met_is_proven_and_what_is_not_applicable_is_not(rows: list[Row]) -> None:
    assert [row.requirement for row in rows if row.status == MET and not row.proofs] == []
    assert [row.requirement for row in rows if row.status == NOT_APPLICABLE and row.proofs] == []


def test_every_proof_is_there(rows: list[Row]) -> None:
    faults = [
        (row.requirement, fault)
        for row in rows
        for proof in row.proofs
        if (fault := fault_of(proof, settings.BASE_DIR))
    ]

    assert faults == []


@pytest.mark.parametrize(
    ("proof", "fault"),
    [
        ("tests/asvs/test_table.py::test_every_proof_is_there", ""),
        ("tests/asvs/test_table.py::test_proof_that_is_not_there_is_found[x]", ""),
        ("tests/council/files/test_original.py::TestOriginal::test_it_is_kept_once", ""),
        ("docs/rollen.md", ""),
        ("docs/gibt-es-nicht.md", "there is no docs/gibt-es-nicht.md"),
        ("tests/gibt_es_nicht.py::test_x", "there is no tests/gibt_es_nicht.py"),
        ("tests/asvs/test_table.py::test_x", "there is no test_x in tests/asvs/test_table.py"),
        ("tests/asvs/test_table.py::rows", "there is no rows in tests/asvs/test_table.py"),
        ("tests/asvs/table.py::rows_of", "there is no rows_of in tests/asvs/table.py"),
        (
            "tests/council/files/test_original.py::test_it_is_kept_once",
            "there is no test_it_is_kept_once in tests/council/files/test_original.py",
        ),
        (
            "tests/asvs/test_table.py::test_every_proof_is_there[x]",
            "test_every_proof_is_there takes no parameters",
        ),
        ("/etc/passwd", "/etc/passwd is no path of the project"),
    ],
)
def test_proof_that_is_not_there_is_found(proof: str, fault: str) -> None:
    assert fault_of(proof, settings.BASE_DIR) == fault
