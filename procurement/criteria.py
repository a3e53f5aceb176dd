"""What the catalogues of public purchasing ask for, and where it is met: docs/beschaffung.csv."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = "docs/beschaffung.csv"
MET, PARTLY, NOT_YET = "erfüllt", "teils erfüllt", "noch nicht"


@dataclass(frozen=True)
class Criterion:
    """One thing that a catalogue asks for, in our words. `proofs` are files, and tests as `file::function`; `missing`
    says what is left to do."""

    source: str
    number: str
    text: str
    state: str
    proofs: tuple[str, ...]
    missing: str


def criteria(root: Path) -> list[Criterion]:
    """All criteria, in the order of the file."""
    with (root / FILE).open(newline="", encoding="utf-8-sig") as file:
        return [
            Criterion(
                row["Quelle"],
                row["Punkt"],
                row["Anforderung"],
                row["Stand"],
                tuple(filter(None, row["Nachweis"].split(", "))),
                row["Was fehlt"],
            )
            for row in csv.DictReader(file, delimiter=";")
        ]
