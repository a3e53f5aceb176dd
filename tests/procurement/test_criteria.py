"""docs/beschaffung.csv: each line has a proof that is there, or says what is missing."""

import ast

import pytest
from django.conf import settings

from procurement.criteria import MET, NOT_YET, PARTLY, Criterion, criteria

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
SOURCES = {
    "BSI TR-03183-2",
    "EUPL 1.2",
    "openCode, Badges",
    "Deutsche Verwaltungscloud, Detailstandards",
    "Standard for Public Code 0.8",
    "Cyber Resilience Act, Verordnung (EU) 2024/2847",
}


@pytest.fixture(scope="module")
def rows() -> list[Criterion]:
    return criteria(ROOT)


def test_every_proof_is_there(rows: list[Criterion]):
    proofs = {proof for row in rows for proof in row.proofs}

    assert {proof for proof in proofs if not _is_there(proof)} == set()
    assert len(proofs) > 20


@pytest.mark.parametrize(
    ("proof", "there"),
    [
        ("LICENSE", True),
        ("docs/nothing.md", False),
        ("tests/procurement/test_criteria.py::test_every_proof_is_there", True),
        ("tests/procurement/test_criteria.py::test_that_nobody_wrote", False),
    ],
)
def test_proofs_are_looked_for(proof: str, there: bool):
    assert _is_there(proof) is there


def test_what_is_met_has_a_proof_and_what_is_not_says_what_is_missing(rows: list[Criterion]):
    assert {row.state for row in rows} == {MET, PARTLY, NOT_YET}
    assert [row for row in rows if row.state in (MET, PARTLY) and not row.proofs] == []
    assert [row for row in rows if row.state in (PARTLY, NOT_YET) and not row.missing] == []
    assert [row for row in rows if row.state == MET and row.missing] == []


def test_every_catalogue_has_its_lines_side_by_side(rows: list[Criterion]):
    order = [row.source for row in rows]

    assert set(order) == SOURCES
    assert order == sorted(order, key=list(dict.fromkeys(order)).index)
    assert {row.number.split()[0] for row in rows if row.source.startswith("Standard")} == {
        str(number) for number in range(1, 17)
    }


def _is_there(proof: str) -> bool:
    path, _, name = proof.partition("::")
    if not (ROOT / path).is_file() or not name:
        return (ROOT / path).is_file()
    tree = ast.parse((ROOT / path).read_text())
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body)
