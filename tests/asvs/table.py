"""The table docs/asvs.csv: its rows, and what the proofs that they name stand for."""

import ast
import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HEADERS = ["Anforderung", "Stufe", "Bereich", "Stand", "Umsetzung oder Grund", "Nachweis"]
MET, NOT_MET, NOT_APPLICABLE = "erfüllt", "nicht erfüllt", "nicht anwendbar"

Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Row:
    """A requirement, by its id in ASVS 5.0, and how the portal stands to it."""

    requirement: str
    level: str
    area: str
    status: str
    reason: str
    proofs: tuple[str, ...]

    @property
    def number(self) -> tuple[int, ...]:
        """The id as numbers, so that V1.10 comes after V1.9."""
        return tuple(int(part) for part in self.requirement.removeprefix("V").split("."))

    @property
    def chapter(self) -> int:
        """The first number of the id."""
        return self.number[0]


def rows_of(text: str) -> list[Row]:
    """The rows of a table in this form, less the headers."""
    head, *rows = csv.reader(io.StringIO(text), delimiter=";", strict=True)
    assert head == HEADERS
    return [Row(*row[:5], proofs=tuple(filter(None, row[5].split(", ")))) for row in rows]


def text_of(rows: list[Row]) -> str:
    """The table as a spreadsheet with German settings opens it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(HEADERS)
    for row in rows:
        proofs = ", ".join(row.proofs)
        writer.writerow([row.requirement, row.level, row.area, row.status, row.reason, proofs])
    return text.getvalue()


def fault_of(proof: str, base: Path) -> str:
    """Why there is no such proof below this folder; "" where there is one: a file, a folder, or a test in a file."""
    path, *names = proof.split("::")
    if not (base / path).exists():
        return f"there is no {path}"
    if not names:
        return "" if not Path(path).is_absolute() else f"{path} is no path of the project"
    tests = _tests(base / path)
    name, _bracket, parameters = "::".join(names).partition("[")
    if name not in tests:
        return f"there is no {name} in {path}"
    return f"{name} takes no parameters" if parameters and not tests[name] else ""


@cache
def _tests(path: Path) -> dict[str, bool]:
    """The tests that a file defines, those of classes behind the name of the class; whether it takes parameters."""
    if path.suffix != ".py" or not re.fullmatch(r"test_\w+", path.stem):
        return {}
    tree = ast.parse(path.read_text())
    found = {each.name: _is_parametrized(each) for each in tree.body if _is_test(each)}
    for group in (each for each in tree.body if isinstance(each, ast.ClassDef)):
        in_group = {each.name: _is_parametrized(each) for each in group.body if _is_test(each)}
        found |= {f"{group.name}::{name}": takes for name, takes in in_group.items()}
    return found


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, Functions) and node.name.startswith("test_")


def _is_parametrized(node: ast.stmt) -> bool:
    return any("parametrize" in ast.unparse(each) for each in getattr(node, "decorator_list", []))
