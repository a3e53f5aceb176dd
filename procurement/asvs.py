"""What the portal meets of OWASP's Application Security Verification Standard 5.0: docs/asvs.csv."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

FILE = "docs/asvs.csv"


@dataclass(frozen=True)
class Requirement:
    """A requirement by its number in the standard, and how the portal stands to it."""

    number: str
    level: str
    area: str
    state: str
    reason: str
    proofs: tuple[str, ...]


def requirements(root: Path) -> list[Requirement]:
    """All requirements, in the order of the standard; none where the table isn't there."""
    path = root / FILE
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [
            Requirement(
                row["Anforderung"],
                row["Stufe"],
                row["Bereich"],
                row["Stand"],
                row["Umsetzung oder Grund"],
                tuple(filter(None, row["Nachweis"].split(", "))),
            )
            for row in csv.DictReader(file, delimiter=";")
        ]


def counts(found: list[Requirement]) -> list[tuple[str, dict[str, int]]]:
    """How many are in each state, by level; the most frequent state first."""
    by_level = Counter((each.state, each.level) for each in found)
    states = [state for state, _count in Counter(each.state for each in found).most_common()]
    levels = sorted({each.level for each in found})
    return [(state, {level: by_level[state, level] for level in levels}) for state in states]
